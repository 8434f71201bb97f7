import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';

import { isStorable } from '../event/props.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { channel } from '../schema.ts';
import type { ChannelDeps } from './create-channels.ts';
import { requireCode } from './link.ts';
import { channelTree, isGroup, requireChannel } from './tree.ts';

export interface NewChannel {
	readonly code: string;
	/** A group or another channel. */
	readonly parent: string;
	readonly nameEn: string;
	readonly nameZh: string;
}

export interface ChannelChange {
	readonly nameEn?: string | undefined;
	readonly nameZh?: string | undefined;
	readonly isArchived?: boolean | undefined;
}

const LONGEST_NAME = 80;
const DEEPEST = 3;

/** A name as it is kept. @throws DomainError invalid when it is empty or too long */
export function requireName(name: string, field: string): string {
	const tidy = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
	if (tidy === '') throw new DomainError('invalid', 'A name is needed.', { fields: [{ field, code: 'required' }] });
	if (tidy.length > LONGEST_NAME) throw new DomainError('invalid', 'The name is too long.', { fields: [{ field, code: 'too-long' }] });
	if (!isStorable(tidy))
		throw new DomainError('invalid', 'The name holds characters that cannot be stored.', { fields: [{ field, code: 'characters' }] });
	return tidy;
}

/** Adds a channel of the company's own. @throws DomainError invalid, conflict (the code is taken) */
export async function addChannel({ db, now, random }: ChannelDeps, input: NewChannel, by: Reader): Promise<void> {
	const code = requireCode(input.code);
	const names = { nameEn: requireName(input.nameEn, 'nameEn'), nameZh: requireName(input.nameZh || input.nameEn, 'nameZh') };
	await db.write(async (tx) => {
		const parent = isGroup(input.parent) ? null : await requireChannel(tx, input.parent, 'parent');
		if ((parent?.depth ?? 0) >= DEEPEST)
			throw new DomainError('invalid', 'Channels nest three deep.', { fields: [{ field: 'parent', code: 'choice' }] });
		if (isGroup(code) || (await channelTree(tx)).some((entry) => entry.code === code)) throw taken();
		await tx.insert(channel).values({ code, parent: input.parent, ...names, createdAt: now(), archivedAt: null });
		await recordAudit(tx, { ...whoOf(by), action: 'channel.add', subject: `channel:${code}`, detail: {} }, now(), random);
	});
}

/** Renames, archives or brings back a channel; what came through it keeps its code. @throws DomainError not-found, invalid */
export async function changeChannel({ db, now, random }: ChannelDeps, code: string, change: ChannelChange, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const known = (await channelTree(tx)).find((entry) => entry.code === code);
		if (!known) throw new DomainError('not-found', 'There is no such channel.');
		const nameEn = change.nameEn === undefined ? known.name.en : requireName(change.nameEn, 'nameEn');
		const nameZh = change.nameZh === undefined ? known.name['zh-CN'] : requireName(change.nameZh, 'nameZh');
		const archivedAt = (change.isArchived ?? known.isArchived) ? now() : null;
		const row = { code, parent: known.parent, nameEn, nameZh, createdAt: now(), archivedAt };
		await tx.insert(channel).values(row).onConflictDoUpdate({ target: channel.code, set: { nameEn, nameZh, archivedAt } });
		await recordAudit(tx, { ...whoOf(by), action: 'channel.change', subject: `channel:${code}`, detail: {} }, now(), random);
	});
}

const taken = () => new DomainError('conflict', 'This code is taken.', { fields: [{ field: 'code', code: 'taken' }] });
