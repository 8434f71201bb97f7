import type { Gating, Reader } from '#gating';
import { DomainError } from '#kernel/errors.ts';

/** Does what a form of an account's page asks for. @throws DomainError as the acts do */
export async function workAccount({ accounts, tags }: Pick<Gating, 'accounts' | 'tags'>, id: string, data: FormData, by: Reader): Promise<unknown> {
	const value = (name: string) =>
		String(data.get(name) ?? '')
			.trim()
			.slice(0, 300);
	const pointed = (name: string) => /[^/\s]+$/.exec(value(name))?.[0] ?? '';
	switch (value('action')) {
		case 'change':
			return accounts.change(
				id,
				{
					...{ name: value('name'), status: value('status'), owner: value('owner'), industry: value('industry'), size: value('size') },
					...{ country: value('country').toUpperCase(), website: value('website'), maySuggest: value('maySuggest') === 'on' },
					parentId: pointed('parent') || null,
				},
				by,
			);
		case 'domain':
			return accounts.addDomain(id, value('domain'), by);
		case 'drop-domain':
			return accounts.removeDomain(id, value('domain'), by);
		case 'merge':
			return accounts.merge(id, pointed('other'), by);
		case 'undo':
			return accounts.undoMerge(value('merge'), by);
		case 'assign':
			return accounts.assign(value('lead'), id, by);
		case 'seat': {
			const role = value('role');
			return accounts.seat(value('person'), role === 'rule' ? null : role === 'none' ? '' : role, by);
		}
		case 'left':
			return accounts.left(id, value('lead'), true, by);
		case 'back':
			return accounts.left(id, value('lead'), false, by);
		case 'succeed':
			return accounts.succeed(value('post'), value('person'), by);
		case 'put-on-list':
			return accounts.targets.put(value('list'), [id], by);
		case 'take-off-list':
			return accounts.targets.take(value('list'), [id], by);
		case 'tag':
			return tags.put(value('tag'), { accountId: id }, by);
		case 'untag':
			return tags.take(value('mark'), by);
		default:
			throw new DomainError('invalid', 'There is no such act.');
	}
}
