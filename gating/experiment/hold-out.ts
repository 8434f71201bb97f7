import { desc } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { holdOut } from '../schema.ts';
import { positionOf } from './assign.ts';

/** Which part of the visitors with consent gets the editors' order, so that what personalisation brings is measured and not believed. */
export interface HoldOut {
	/** Rises with each change; numbers are of one version. */
	readonly version: number;
	/** Of a hundred visitors. */
	readonly percent: number;
	/** Null: as it was from the beginning. */
	readonly since: Date | null;
	/** Who set it; '' for what it was from the beginning. */
	readonly changedBy: string;
}

export const FIRST_HOLD_OUT: HoldOut = Object.freeze({ version: 1, percent: 5, since: null, changedBy: '' });
/** Less is no measure, more is no personalisation. */
export const HOLD_OUT_PERCENT = { least: 1, most: 50 } as const;
/** Exposures of slots are kept under this name and the slot's: `slot:home-for-you`. */
const PREFIX = 'slot:';
export const GROUPS = ['held-out', 'personalised'] as const;
export type SlotGroup = (typeof GROUPS)[number];

/** Whether a browser is one of the control group, for all slots alike, as long as the share stays; a larger share adds to those who were. */
export const isHeldOut = ({ percent }: Pick<HoldOut, 'percent'>, visitorId: string): boolean =>
	positionOf('personalisation.hold-out', visitorId) < percent / 100;

export const groupOf = (share: Pick<HoldOut, 'percent'>, visitorId: string): SlotGroup => (isHeldOut(share, visitorId) ? 'held-out' : 'personalised');
export const slotKey = (slot: string): string => PREFIX + slot;
export const isSlotKey = (experimentId: string): boolean => experimentId.startsWith(PREFIX);
export const slotOf = (experimentId: string): string => experimentId.slice(PREFIX.length);

/** Every share there was, the present one first. */
export async function holdOuts(read: Handle): Promise<readonly HoldOut[]> {
	return [...(await read.select().from(holdOut).orderBy(desc(holdOut.version))), FIRST_HOLD_OUT];
}

/** Sets the share from now on. @throws DomainError invalid */
export async function changeHoldOut(tx: Handle, percent: number, by: Reader, at: Date, random: Random): Promise<void> {
	const { least, most } = HOLD_OUT_PERCENT;
	if (!Number.isInteger(percent) || percent < least || percent > most)
		throw new DomainError('invalid', `The share is a whole number from ${least} to ${most}.`, { fields: [{ field: 'percent', code: 'held-out' }] });
	const [before = FIRST_HOLD_OUT] = await holdOuts(tx);
	if (before.percent === percent) return;
	await tx.insert(holdOut).values({ version: before.version + 1, percent, since: at, changedBy: by.actor });
	const detail = { from: before.percent, to: percent };
	await recordAudit(tx, { ...whoOf(by), action: 'personalisation.hold-out', subject: 'slots', detail }, at, random);
}
