import { and, countDistinct, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { alwaysValid, type Arm, type Difference } from '../experiment/sequential.ts';
import { mailClick, mailingRecipient, message } from '../schema.ts';
import type { Variant } from './mailing.ts';

/** The level of the interval, and the difference of rates one reckons with. */
const ALPHA = 0.05;
const TAU = 0.02;

export interface TrialResult {
	readonly a: Arm;
	readonly b: Arm;
	/** Of B against A; null while there is too little to say. */
	readonly difference: Difference | null;
	/** `''`: it cannot be told, and both are as good. */
	readonly better: Variant;
}

/** How many of each variant went, and how many of those people followed a link. `runIds`: of these runs. */
export async function trialOf(handle: Handle, runIds: readonly string[]): Promise<TrialResult> {
	const [a, b] = [await armOf(handle, runIds, 'a'), await armOf(handle, runIds, 'b')];
	return judgeTrial(a, b);
}

/** Which of two variants is better, by an interval that may be looked at at any time. */
export function judgeTrial(a: Arm, b: Arm): TrialResult {
	const difference = alwaysValid(a, b, { alpha: ALPHA, tau: TAU });
	const better = difference === null ? '' : difference.low > 0 ? 'b' : difference.high < 0 ? 'a' : '';
	return { a, b, difference, better };
}

/** What the rest gets: what is proved to be better, else the first. */
export async function chooseWinner(handle: Handle, runId: string): Promise<Exclude<Variant, ''>> {
	return (await trialOf(handle, [runId])).better || 'a';
}

async function armOf(handle: Handle, runIds: readonly string[], variant: Variant): Promise<Arm> {
	const own = and(inArray(mailingRecipient.runId, [...runIds]), eq(mailingRecipient.variant, variant), eq(message.state, 'sent'));
	const joined = eq(message.key, mailingRecipient.messageKey);
	const [sent] = await handle
		.select({ n: countDistinct(mailingRecipient.personId) })
		.from(mailingRecipient)
		.innerJoin(message, joined)
		.where(own);
	const [clicked] = await handle
		.select({ n: countDistinct(mailingRecipient.personId) })
		.from(mailingRecipient)
		.innerJoin(message, joined)
		.innerJoin(mailClick, eq(mailClick.messageId, message.id))
		.where(own);
	return { shown: sent?.n ?? 0, converted: clicked?.n ?? 0 };
}
