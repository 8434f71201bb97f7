import { asc } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { channel } from '../schema.ts';
import { type ChannelGroup, DEFAULT_CHANNELS, GROUPS } from './defaults.ts';

/** One channel, in the order of the tree: parents before their children. */
export interface Channel {
	readonly code: string;
	/** A group or another channel. */
	readonly parent: string;
	readonly group: ChannelGroup;
	/** 1 under a group, 2 below. */
	readonly depth: number;
	readonly name: LocalisedText;
	/** True for channels that ship: they can be renamed and archived, their place stays. */
	readonly isShipped: boolean;
	readonly isArchived: boolean;
}

type Row = typeof channel.$inferSelect;

export const isGroup = (code: string): code is ChannelGroup => (GROUPS as readonly string[]).includes(code);

/** Every channel, archived ones included. */
export async function channelTree(handle: Handle): Promise<readonly Channel[]> {
	return treeOf(await handle.select().from(channel).orderBy(asc(channel.createdAt), asc(channel.code)));
}

/** The shipped channels with the company's own and its changes put in. A channel whose parents lead nowhere hangs under `free`. */
export function treeOf(rows: readonly Row[]): Channel[] {
	const changes = new Map(rows.map((row) => [row.code, row]));
	const shipped = DEFAULT_CHANNELS.map(({ code, parent, name }) => {
		const change = changes.get(code);
		return {
			code,
			parent: parent as string,
			name: change ? nameOf(change) : name,
			isShipped: true,
			isArchived: (change?.archivedAt ?? null) !== null,
		};
	});
	const codes = new Set(shipped.map(({ code }) => code));
	const own = rows
		.filter(({ code }) => !codes.has(code))
		.map((row) => ({ code: row.code, parent: row.parent, name: nameOf(row), isShipped: false, isArchived: row.archivedAt !== null }));
	const all = [...shipped, ...own];
	const parents = new Map(all.map(({ code, parent }) => [code, parent]));
	const rooted = all.map((entry) => (pathOf(entry.code, parents) ? entry : { ...entry, parent: 'free' }));
	const below = (parent: string, group: ChannelGroup, depth: number): Channel[] =>
		rooted.filter((entry) => entry.parent === parent).flatMap((entry) => [{ ...entry, group, depth }, ...below(entry.code, group, depth + 1)]);
	return GROUPS.flatMap((group) => below(group, group, 1));
}

/** @throws DomainError invalid when there is no such channel, or it is archived. */
export async function requireChannel(handle: Handle, code: string, field = 'channel'): Promise<Channel> {
	const found = (await channelTree(handle)).find((entry) => entry.code === code && !entry.isArchived);
	if (!found) throw new DomainError('invalid', 'There is no such channel.', { fields: [{ field, code: 'choice' }] });
	return found;
}

/** True when the channel's parents lead to a group. */
function pathOf(code: string, parents: ReadonlyMap<string, string>): boolean {
	const seen = new Set<string>();
	let at = code;
	while (!isGroup(at)) {
		if (seen.has(at)) return false;
		seen.add(at);
		at = parents.get(at) ?? '';
	}
	return true;
}

const nameOf = ({ nameEn, nameZh }: Row): LocalisedText => ({ en: nameEn, 'zh-CN': nameZh });
