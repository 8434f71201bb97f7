import type { Agent, Gating } from '#gating';
import { momentAt } from '#kernel/clock.ts';
import { DomainError, type ErrorCode, type FieldError, isDomainError } from '#kernel/errors.ts';

/** What came of an act, as a key of `lifecycle.work`. */
export type WorkOutcome =
	| { readonly status: 'done'; readonly done: 'logged' | 'decided' | 'undone' | 'given' }
	| { readonly status: 'refused'; readonly code: Exclude<ErrorCode, 'unavailable'>; readonly fields: readonly FieldError[] };

/** Does what a form about working a lead asks for. Times are read in the company's `timeZone`. */
export async function workLead(work: Gating['work'], leadId: string, data: FormData, agent: Agent, timeZone: string): Promise<WorkOutcome> {
	const value = (name: string) => String(data.get(name) ?? '');
	const optional = (name: string) => value(name) || undefined;
	const act = async (): Promise<Extract<WorkOutcome, { status: 'done' }>['done']> => {
		switch (value('action')) {
			case 'log': {
				const nextActionAt = value('nextActionAt') === '' ? null : momentAt(value('nextActionAt'), timeZone);
				const input = { kind: value('kind'), outcome: value('outcome'), at: momentAt(value('at'), timeZone), note: value('note'), nextActionAt };
				await work.log(leadId, { ...input, personId: optional('personId') }, agent);
				return 'logged';
			}
			case 'undo':
				await work.undo(value('disposition'), agent);
				return 'undone';
			case 'take':
				await work.give(leadId, agent.staffId, agent);
				return 'given';
			case 'leave':
				await work.give(leadId, null, agent);
				return 'given';
			default: {
				const kind = work.choices.dispositions.find((one) => one === value('disposition'));
				if (!kind) throw new DomainError('invalid', 'There is no such decision.', { fields: [{ field: 'disposition', code: 'choice' }] });
				const more = { reason: value('reason'), feedback: value('feedback'), interactionId: optional('interactionId') };
				await work.dispose(leadId, { kind, ...more, owner: value('owner') || null }, agent);
				return 'decided';
			}
		}
	};
	try {
		return { status: 'done', done: await act() };
	} catch (error) {
		if (!isDomainError(error) || error.code === 'unavailable') throw error;
		return { status: 'refused', code: error.code, fields: error.fields };
	}
}

/** An instant as a `datetime-local` field takes it, in `timeZone`. */
export function localReading(date: Date, timeZone: string): string {
	return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(date).replace(' ', 'T');
}

/** The name of whoever stands in a log: staff by name, anything else as another system. */
export function actorName(actor: string | null, staff: readonly { readonly id: string; readonly name: string }[], system: string): string {
	if (!actor?.startsWith('staff:')) return system;
	return staffName(actor.slice('staff:'.length), staff);
}

export function staffName(id: string, staff: readonly { readonly id: string; readonly name: string }[]): string {
	return staff.find((one) => one.id === id)?.name ?? id.slice(0, 8);
}
