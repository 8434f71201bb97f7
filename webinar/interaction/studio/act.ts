import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { webinarById } from '../../deps.ts';
import type { Occurrence } from '../../programme/occurrence.ts';
import { registration } from '../../schema.ts';
import { type Host, hosted, noteAct } from '../../stage/host.ts';
import { and, eq } from 'drizzle-orm';
import type { DrawRule, Prize } from '../draw/draw.ts';
import { announceDraw, commitDraw, runDraw } from '../draw/run.ts';
import { tellHand } from '../hand.ts';
import { type RoomDeps, wrongWith } from '../here.ts';
import type { CallAction } from '../kinds.ts';
import { append, roomLock, rowAt } from '../log.ts';
import { sameInBoth } from '../message.ts';
import { ban, liftBan, moderate, setRules } from '../moderation.ts';
import { fireMoment, pollPlanOf } from '../moments.ts';
import type { PollForm } from '../poll/poll.ts';
import { closePoll, openPoll, planPoll, pollOf, showResults } from '../poll/run.ts';
import type { QuestionState } from '../question/question.ts';
import { settleQuestion } from '../question/settle.ts';
import { readWords } from '../word-list.ts';

/** What a host does in the studio. `seq` is the number of a line of the chat or of a question. */
export type StudioAct =
	| { readonly act: 'say'; readonly text: string; readonly replyTo?: number | undefined }
	/** Null takes the pin away. */
	| { readonly act: 'pin'; readonly seq: number | null }
	| { readonly act: 'hide' | 'show'; readonly seq: number }
	/** Whoever wrote the line may not talk in rooms of this webinar, or may again. */
	| { readonly act: 'ban' | 'lift-ban'; readonly seq: number }
	| { readonly act: 'rules'; readonly holds: boolean; readonly words: string }
	| {
			readonly act: 'question';
			readonly question: string;
			readonly state?: QuestionState | undefined;
			readonly speaker?: string | undefined;
			readonly answer?: string | undefined;
	  }
	| ({ readonly act: 'plan-poll'; readonly opens: boolean } & TypedPoll)
	| { readonly act: 'open-poll' | 'close-poll' | 'show-poll'; readonly poll: string }
	/** A planned moment, now. */
	| { readonly act: 'moment'; readonly key: string }
	| { readonly act: 'material'; readonly target: string }
	| { readonly act: 'call'; readonly action: CallAction; readonly text: string; readonly target: string | null }
	| { readonly act: 'lower-hand'; readonly registrationId: string }
	| { readonly act: 'plan-draw'; readonly title: string; readonly rule: DrawRule; readonly prizes: readonly TypedPrize[] }
	| { readonly act: 'commit-draw' | 'run-draw'; readonly draw: string };

/** A poll as a host types it: in one language, for everybody. */
export interface TypedPoll {
	readonly form: PollForm;
	readonly question: string;
	readonly options: readonly string[];
	/** From 0; for a quiz. */
	readonly correct: readonly number[];
	readonly points: number;
	/** 0: until it is closed. */
	readonly seconds: number;
	readonly shows: 'live' | 'closed';
}

interface TypedPrize {
	readonly name: string;
	readonly stock: number;
}

export type ActOutcome =
	/** `id`: of what was made. */
	| { readonly status: 'done'; readonly id?: string }
	| { readonly status: 'invalid'; readonly field: string; readonly code: string }
	/** There is no such thing in this room. */
	| { readonly status: 'unknown' }
	/** It is not in a state in which this can be done: somebody else was quicker, or it is over. */
	| { readonly status: 'conflict' };

const DONE: ActOutcome = { status: 'done' };
const SAY_LENGTH = 1_000;
const MOST_OPTIONS = 12;
const MOST_PRIZES = 100;

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

/** A poll that a moment plans can be opened before its time, and in a live session at any. */
async function planFromMoment(tx: Handle, { content, now }: Pick<RoomDeps, 'content' | 'now'>, one: Occurrence, key: string): Promise<void> {
	if (await pollOf(tx, one.id, key)) return;
	const moment = webinarById(content(), one.webinarId)?.moments.find((planned) => planned.key === key && planned.kind === 'poll');
	if (moment) await planPoll(tx, one.id, pollPlanOf(moment), now());
}

async function planTyped(
	tx: Handle,
	{ now, random }: Pick<RoomDeps, 'now' | 'random'>,
	occurrenceId: string,
	{ opens, form, question, options, correct, points, seconds, shows }: Extract<StudioAct, { readonly act: 'plan-poll' }>,
): Promise<ActOutcome> {
	const asked = question.trim();
	const code = wrongWith(asked, 300);
	if (code) return { status: 'invalid', field: 'question', code };
	const hasOptions = form !== 'text' && form !== 'cloud';
	const offered = hasOptions ? options.map((option) => option.trim()).filter((option) => option !== '') : [];
	if (hasOptions && (offered.length < 2 || offered.length > MOST_OPTIONS)) return { status: 'invalid', field: 'options', code: 'choice' };
	if (offered.some((option) => wrongWith(option, 200) !== null)) return { status: 'invalid', field: 'options', code: 'too-long' };
	const right = form === 'quiz' ? correct.filter((at) => Number.isInteger(at) && at >= 0 && at < offered.length) : [];
	if (form === 'quiz' && right.length === 0) return { status: 'invalid', field: 'correct', code: 'required' };
	const at = now();
	const key = newId(at, random);
	const words = { question: sameInBoth(asked), options: offered.map(sameInBoth) as readonly LocalisedText[] };
	await planPoll(tx, occurrenceId, { key, form, ...words, correct: right, points: form === 'quiz' ? points : 0, seconds, shows }, at);
	if (opens) await openPoll(tx, occurrenceId, key, at);
	return { status: 'done', id: key };
}

async function planDraw(
	tx: Handle,
	{ now, random }: Pick<RoomDeps, 'now' | 'random'>,
	occurrenceId: string,
	{ title, rule, prizes }: Extract<StudioAct, { readonly act: 'plan-draw' }>,
): Promise<ActOutcome> {
	const code = wrongWith(title.trim(), 200);
	if (code) return { status: 'invalid', field: 'title', code };
	const named = prizes.map(({ name, stock }): Prize => ({ name: sameInBoth(name.trim()), stock }));
	const isSound = named.every(({ name, stock }) => wrongWith(name.en, 200) === null && Number.isInteger(stock) && stock >= 1);
	const stock = named.reduce((sum, prize) => sum + prize.stock, 0);
	if (named.length === 0 || !isSound || stock > MOST_PRIZES) return { status: 'invalid', field: 'prizes', code: 'choice' };
	const at = now();
	const plan = { key: newId(at, random), title: sameInBoth(title.trim()), rule, prizes: named, dueAt: null };
	const id = await announceDraw(tx, { random }, occurrenceId, plan, at);
	return id === null ? { status: 'conflict' } : { status: 'done', id };
}
