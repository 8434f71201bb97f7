import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { moveStage, moveState } from '../lifecycle/advance.ts';
import { mayMoveStage, mayMoveState } from '../lifecycle/moves.ts';
import { isStage, isWorkingState } from '../lifecycle/stage.ts';
import type { NewMessage } from '../message/message.ts';
import { journeyTask, lead, tagMark } from '../schema.ts';
import { putMarks } from '../tag/create-tags.ts';
import { announce } from '../webhook/announce.ts';
import type { Effect } from './decide.ts';
import { COMPOSER, type JourneyDeps, messageKey, originOf } from './deps.ts';
import type { Surroundings } from './facts.ts';
import type { Occasion } from './schema.ts';

/** A step's effect, and whose. */
export interface Made {
	readonly enrolmentId: string;
	readonly journeyId: string;
	readonly personId: string;
	readonly leadId: string;
	readonly data: Occasion;
	readonly step: string;
	readonly effect: Effect;
}

/** Steps of journeys are neither the first nor the last to go where not all may. */
const PRIORITY = 50;

/** Makes what steps decided, in their transaction. */
export async function makeEffects(
	tx: Handle,
	deps: JourneyDeps,
	made: readonly Made[],
	{ tagDays }: Pick<Surroundings, 'tagDays'>,
	now: Date,
): Promise<void> {
	const messages: NewMessage[] = [];
	for (const one of made) {
		const { effect } = one;
		switch (effect.kind) {
			case 'message':
				messages.push(messageOf(one, effect, now));
				break;
			case 'task':
				await makeTask(tx, deps, one, effect, now);
				break;
			case 'tag':
				await markTag(tx, deps, one, { ...effect, expiryDays: tagDays.get(effect.tag) ?? 0 }, now);
				break;
			case 'move':
				await moveLead(tx, deps, one, effect.move, now);
				break;
			case 'webhook': {
				const { leadId, personId, journeyId, step } = one;
				await announce(tx, { type: 'journey.step', leadId, personId, data: { journeyId, step, name: effect.name } }, now, deps.random);
				break;
			}
		}
	}
	if (messages.length > 0) await deps.messages().postMany(tx, messages);
}

function messageOf(one: Made, { template, channel, latestAt }: Extract<Effect, { kind: 'message' }>, now: Date): NewMessage {
	const { enrolmentId, journeyId, personId, data, step } = one;
	return {
		...{ key: messageKey(enrolmentId, step), personId, class: 'nurture', channel, origin: originOf(journeyId), composer: COMPOSER },
		params: { enrolmentId, step, template, ...(data.subject !== undefined && { about: data.subject }) },
		...{ dueAt: now, latestAt, priority: PRIORITY },
	};
}

/** A task makes the lead due, unless something is planned sooner. */
async function makeTask(tx: Handle, { random }: JourneyDeps, one: Made, { text, dueAt }: Extract<Effect, { kind: 'task' }>, now: Date) {
	const { enrolmentId, journeyId, personId, leadId } = one;
	await tx.insert(journeyTask).values({ id: newId(now, random), enrolmentId, journeyId, personId, words: text, dueAt, madeAt: now, doneBy: '' });
	await tx
		.update(lead)
		.set({ nextActionAt: dueAt })
		.where(and(eq(lead.id, leadId), or(isNull(lead.nextActionAt), gt(lead.nextActionAt, dueAt))));
}

/** Marks carry the journey as their source. */
async function markTag(
	tx: Handle,
	{ random }: JourneyDeps,
	one: Made,
	{ tag, act, expiryDays }: Extract<Effect, { kind: 'tag' }> & { readonly expiryDays: number },
	now: Date,
): Promise<void> {
	const source = originOf(one.journeyId);
	if (act === 'put') return putMarks(tx, { code: tag, expiryDays }, [{ personId: one.personId }], source, now, (at) => newId(at, random));
	await tx
		.update(tagMark)
		.set({ removedAt: now, removedBy: source })
		.where(and(eq(tagMark.tag, tag), inArray(tagMark.personId, [one.personId]), isNull(tagMark.removedAt)));
}

/** Moves a lead where the rules of lifecycle let a rule move it; anywhere else nothing happens. */
async function moveLead(tx: Handle, { random }: JourneyDeps, one: Made, move: string, now: Date): Promise<void> {
	const { leadId, journeyId, enrolmentId } = one;
	const [row] = await tx.select({ stage: lead.stage, state: lead.workingState }).from(lead).where(eq(lead.id, leadId));
	if (!row) return;
	const line = { leadId, kind: 'rule', cause: `rule:journey`, evidence: { journeyId, enrolmentId } } as const;
	const to = move.slice(move.indexOf(':') + 1);
	if (move.startsWith('state:') && isWorkingState(row.state) && isWorkingState(to) && mayMoveState(row.state, to, 'rule'))
		await moveState(tx, { ...line, from: row.state, to }, now, random);
	if (move.startsWith('stage:') && isStage(row.stage) && isStage(to) && mayMoveStage(row.stage, to, 'rule'))
		await moveStage(tx, { ...line, from: row.stage, to }, now, random);
}
