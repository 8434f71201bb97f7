import type { Agent, Gating } from '#gating';
import { DomainError } from '#kernel/errors.ts';

import { viewAddress } from './lead-filter.ts';

/** Does what the forms about saved views ask for; returns the address to show then. `cleaned` keeps of a query what a view may hold. @throws DomainError */
export async function workView(views: Gating['views'], data: FormData, by: Agent, cleaned: (query: string) => string): Promise<string> {
	const value = (name: string) => String(data.get(name) ?? '').slice(0, 1_000);
	const all = (done: string) => `/console/leads?view=all&done=${done}`;
	switch (value('action')) {
		case 'save-view': {
			const query = cleaned(value('query'));
			const id = await views.save({ name: value('name'), query, isShared: value('share') === 'on' }, by);
			if (value('begin') === 'on') await views.beginWith(id, by);
			return `${viewAddress({ id, query })}&done=saved`;
		}
		case 'remove-view':
			await views.remove(value('view'), by);
			return all('removed');
		case 'begin-view':
			await views.beginWith(value('view') || null, by);
			return all('begins');
		default:
			throw new DomainError('invalid', 'There is no such act.');
	}
}
