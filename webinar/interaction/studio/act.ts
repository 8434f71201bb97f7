import { and, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { webinarById } from '../../deps.ts';
import type { Occurrence } from '../../programme/occurrence.ts';
import { registration } from '../../schema.ts';
import { type Host, hosted, noteAct } from '../../stage/host.ts';
import { commitDraw, runDraw } from '../draw/run.ts';
import { tellHand } from '../hand.ts';
import { type RoomDeps, wrongWith } from '../here.ts';
import { append, roomLock, rowAt } from '../log.ts';
import { sameInBoth } from '../message.ts';
import { ban, liftBan, moderate, setRules } from '../moderation.ts';
import { fireMoment } from '../moments.ts';
import { closePoll, openPoll, showResults } from '../poll/run.ts';
import { settleQuestion } from '../question/settle.ts';
import { readWords } from '../word-list.ts';
import type { ActOutcome, StudioAct } from './acts.ts';
import { planDraw, planFromMoment, planTyped } from './plan.ts';

const DONE: ActOutcome = { status: 'done' };
const SAY_LENGTH = 1_000;

/** Does what a host presses in the studio, puts it on record, and tells the room. */
export function createStudioAct(deps: RoomDeps) {
	const { db, now, random, content, fanOut } = deps;

	const perform = async (tx: Handle, host: Host, one: Occurrence, input: StudioAct): Promise<ActOutcome> => {
		const at = now();
		const occurrenceId = one.id;
		switch (input.act) {
			case 'say':
				return say(tx, deps, host, input);
			case 'pin': {
				if (input.seq !== null && (await rowAt(tx, occurrenceId, input.seq))?.kind !== 'chat') return { status: 'unknown' };
				await append(tx, { id: newId(at, random), occurrenceId, kind: 'pin', data: { of: input.seq }, at });
				return DONE;
			}
			case 'hide':
			case 'show':
				return (await moderate(tx, deps, occurrenceId, input.seq, input.act)) ? DONE : { status: 'conflict' };
			case 'ban':
			case 'lift-ban': {
				const row = await rowAt(tx, occurrenceId, input.seq);
				if (!row?.personId) return { status: 'unknown' };
				if (input.act === 'lift-ban') await liftBan(tx, one.webinarId, row.personId);
				else await ban(tx, one.webinarId, row.personId, host.actor, at);
				return DONE;
			}
			case 'rules':
				await setRules(tx, one.webinarId, { holds: input.holds, words: readWords(input.words) }, at);
				return DONE;
			case 'question': {
				const { question, state, speaker, answer } = input;
				const code = answer === undefined || answer === '' ? null : wrongWith(answer.trim(), 2_000);
				if (code) return { status: 'invalid', field: 'answer', code };
				return (await settleQuestion(tx, deps, occurrenceId, question, { state, speaker, answer: answer?.trim() })) ? DONE : { status: 'unknown' };
			}
			case 'plan-poll':
				return planTyped(tx, deps, occurrenceId, input);
			case 'open-poll': {
				await planFromMoment(tx, deps, one, input.poll);
				return (await openPoll(tx, occurrenceId, input.poll, at)) ? DONE : { status: 'conflict' };
			}
			case 'close-poll':
				return (await closePoll(tx, deps, occurrenceId, input.poll, at)) ? DONE : { status: 'conflict' };
			case 'show-poll':
				return (await showResults(tx, deps, occurrenceId, input.poll, at)) ? DONE : { status: 'conflict' };
			case 'moment': {
				const moment = webinarById(content(), one.webinarId)?.moments.find(({ key }) => key === input.key);
				if (!moment) return { status: 'unknown' };
				return (await fireMoment(tx, deps, occurrenceId, moment, at)) ? DONE : { status: 'conflict' };
			}
			case 'material':
				await append(tx, { id: newId(at, random), occurrenceId, kind: 'resource', subject: input.target, data: { target: input.target }, at });
				return DONE;
			case 'call': {
				const text = input.text.trim();
				const code = wrongWith(text, 200);
				if (code) return { status: 'invalid', field: 'text', code };
				const id = newId(at, random);
				const data = { call: id, action: input.action, text: sameInBoth(text), target: input.target };
				await append(tx, { id, occurrenceId, kind: 'call', subject: id, data, at });
				return { status: 'done', id };
			}
			case 'lower-hand': {
				const [seat] = await tx
					.select({ personId: registration.personId })
					.from(registration)
					.where(and(eq(registration.id, input.registrationId), eq(registration.occurrenceId, occurrenceId)));
				if (!seat) return { status: 'unknown' };
				const hand = { id: newId(at, random), occurrenceId, registrationId: input.registrationId, personId: seat.personId, isUp: false, at };
				return (await tellHand(tx, hand)) === null ? { status: 'conflict' } : DONE;
			}
			case 'plan-draw':
				return planDraw(tx, deps, occurrenceId, input);
			case 'commit-draw': {
				const state = await commitDraw(tx, deps, one, input.draw);
				return state === 'unknown' || state === 'conflict' ? { status: state } : { status: 'done', id: state };
			}
			case 'run-draw': {
				const state = await runDraw(tx, deps, occurrenceId, input.draw);
				return state === 'drawn' ? DONE : { status: state === 'unknown' ? 'unknown' : 'conflict' };
			}
		}
	};

	return async (host: Host, input: StudioAct): Promise<ActOutcome> => {
		const outcome = await db.write(
			async (tx) => {
				const done = await perform(tx, host, await hosted(tx, host), input);
				if (done.status === 'done') await noteAct(tx, host, { action: `studio.${input.act}`, detail: detailOf(input) }, deps);
				return done;
			},
			{ locks: roomLock(host.occurrenceId) },
		);
		await fanOut.pump(host.occurrenceId);
		return outcome;
	};
}

/** What the audit log keeps of an act: which line, poll or draw it was about, and no words. */
function detailOf(input: StudioAct): Readonly<Record<string, unknown>> {
	const { seq, question, poll, key, draw, registrationId, state } = input as unknown as Readonly<Record<string, unknown>>;
	const about = { seq, poll, key, draw, registrationId, state, question: input.act === 'question' ? question : undefined };
	return Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
}

async function say(
	tx: Handle,
	{ now, random }: Pick<RoomDeps, 'now' | 'random'>,
	{ occurrenceId, name }: Host,
	{ text: typed, replyTo }: Extract<StudioAct, { readonly act: 'say' }>,
): Promise<ActOutcome> {
	const text = typed.trim();
	const code = wrongWith(text, SAY_LENGTH);
	if (code) return { status: 'invalid', field: 'text', code };
	if (replyTo !== undefined && (await rowAt(tx, occurrenceId, replyTo))?.kind !== 'chat') return { status: 'unknown' };
	const at = now();
	const id = newId(at, random);
	const data = { author: sameInBoth(name), isHost: true, text: sameInBoth(text), ...(replyTo === undefined ? {} : { replyTo }) };
	await append(tx, { id, occurrenceId, kind: 'chat', data, at });
	return { status: 'done', id };
}
