import type { Gating, Reader } from '#gating';
import { isDomainError } from '#kernel/errors.ts';

import { idIn } from './merge.ts';

type Part = 'company' | 'tags' | 'journeys';

/** Does what the forms for account, tags and tasks of a lead's page ask for; returns the part of the page to show, or null when the form is another one. */
export async function workLead(
	{ accounts, tags, journeys }: Pick<Gating, 'accounts' | 'tags' | 'journeys'>,
	leadId: string,
	data: FormData,
	by: Reader,
): Promise<Part | null> {
	const value = (name: string) => String(data.get(name) ?? '').slice(0, 100);
	const acts: Readonly<Record<string, () => Promise<Part>>> = {
		assign: async () => {
			await accounts.assign(leadId, value('account') || null, by);
			return 'company';
		},
		tag: async () => {
			await tags.put(value('tag'), { leadId }, by);
			return 'tags';
		},
		untag: async () => {
			await tags.take(value('mark'), by);
			return 'tags';
		},
		'journey-task': async () => {
			await journeys.finishTask(leadId, value('task'), by);
			return 'journeys';
		},
	};
	const action = value('action');
	const act = Object.hasOwn(acts, action) ? acts[action] : undefined;
	if (!act) return null;
	try {
		return await act();
	} catch (error) {
		if (!isDomainError(error)) throw error;
		return action === 'assign' ? 'company' : action === 'journey-task' ? 'journeys' : 'tags';
	}
}

/** What a form of a lead's page is done to beside the lead itself: another lead, a merge, a tag. Null: no form. */
export function actedOn(leadId: string, data: FormData | null): Parameters<Gating['work']['isMine']>[0] {
	const value = (name: string) => String(data?.get(name) ?? '').slice(0, 300);
	const other = value('action') === 'merge' ? idIn(value('other')) : '';
	return {
		leadIds: [leadId, ...(other === '' ? [] : [other])],
		...(value('merge') !== '' && { mergeId: value('merge') }),
		...(value('mark') !== '' && { markId: value('mark') }),
	};
}
