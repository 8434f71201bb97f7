import { and, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import type { RoomDeps } from './here.ts';
import type { Moderated } from './kinds.ts';
import { append, rowAt } from './log.ts';
import type { Messages, Opener } from './message.ts';
import { interaction, roomBan, roomRules, type Showing } from './schema.ts';
import { blockedWord } from './word-list.ts';

/** How the rooms of a webinar are moderated. */
export interface RoomRules {
	/** Whether words wait until a moderator lets them through. */
	readonly holds: boolean;
	readonly words: readonly string[];
}

const OPEN: RoomRules = { holds: false, words: [] };

export async function rulesOf(handle: Handle, webinarId: string): Promise<RoomRules> {
	const [row] = await handle.select({ holds: roomRules.holds, words: roomRules.words }).from(roomRules).where(eq(roomRules.webinarId, webinarId));
	return row ?? OPEN;
}

export async function setRules(tx: Handle, webinarId: string, { holds, words }: RoomRules, changedAt: Date): Promise<void> {
	await tx
		.insert(roomRules)
		.values({ webinarId, holds, words, changedAt })
		.onConflictDoUpdate({ target: roomRules.webinarId, set: { holds, words, changedAt } });
}

/** Whether words of a person are shown at once, wait for a moderator, or are not taken at all. */
export function showingOf(rules: RoomRules, isBanned: boolean, text: string): Exclude<Showing, 'hidden'> | 'banned' {
	if (isBanned) return 'banned';
	return rules.holds || blockedWord(text, rules.words) !== null ? 'held' : 'shown';
}

export async function isBanned(handle: Handle, webinarId: string, personId: string): Promise<boolean> {
	const [row] = await handle
		.select({ at: roomBan.at })
		.from(roomBan)
		.where(and(eq(roomBan.webinarId, webinarId), eq(roomBan.personId, personId)));
	return row !== undefined;
}

/** The showing of new words, asked inside the body that keeps them. */
export async function judgeWords(tx: Handle, webinarId: string, personId: string, text: string): Promise<ReturnType<typeof showingOf>> {
	return showingOf(await rulesOf(tx, webinarId), await isBanned(tx, webinarId, personId), text);
}

/**
 * Takes a line from everybody's screen or lets it be seen, inside a body that holds the room's lock. Everybody in the room is told by a line of
 * its own; who comes later is told nothing of what is hidden. Returns false when there is nothing to change.
 */
export async function moderate(
	tx: Handle,
	{ now, random }: Pick<RoomDeps, 'now' | 'random'>,
	occurrenceId: string,
	seq: number,
	act: Moderated['act'],
): Promise<boolean> {
	const row = await rowAt(tx, occurrenceId, seq);
	const wanted: Showing = act === 'hide' ? 'hidden' : 'shown';
	if (!row || (row.kind !== 'chat' && row.kind !== 'question') || row.showing === wanted) return false;
	await tx.update(interaction).set({ showing: wanted }).where(eq(interaction.id, row.id));
	const at = now();
	await append(tx, {
		id: newId(at, random),
		occurrenceId,
		kind: 'moderation',
		subject: String(seq),
		data: { of: seq, act },
		audience: row.audience,
		at,
	});
	return true;
}

/** The line that is shown travels with the news of it, as it is by now. */
export function moderationOpener(read: Handle, messages: Messages): Opener<'moderation'> {
	return async (row) => {
		const { of, act } = row.data as unknown as Moderated;
		const line = act === 'show' ? await rowAt(read, row.occurrenceId, of) : null;
		return { kind: 'moderation', of, act, message: line?.showing === 'shown' ? await messages.of(line) : null };
	};
}

export async function ban(tx: Handle, webinarId: string, personId: string, by: string, at: Date): Promise<void> {
	await tx.insert(roomBan).values({ webinarId, personId, by, at }).onConflictDoNothing();
}

export async function liftBan(tx: Handle, webinarId: string, personId: string): Promise<void> {
	await tx.delete(roomBan).where(and(eq(roomBan.webinarId, webinarId), eq(roomBan.personId, personId)));
}

/** Persons who may not talk. */
export async function bansOf(handle: Handle, webinarId: string): Promise<string[]> {
	const rows = await handle.select({ personId: roomBan.personId }).from(roomBan).where(eq(roomBan.webinarId, webinarId));
	return rows.map(({ personId }) => personId);
}
