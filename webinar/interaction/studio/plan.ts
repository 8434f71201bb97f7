import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { webinarById } from '../../deps.ts';
import type { Occurrence } from '../../programme/occurrence.ts';
import type { Prize } from '../draw/draw.ts';
import { announceDraw } from '../draw/run.ts';
import { type RoomDeps, wrongWith } from '../here.ts';
import { sameInBoth } from '../message.ts';
import { pollPlanOf } from '../moments.ts';
import { openPoll, planPoll, pollOf } from '../poll/run.ts';
import type { ActOutcome, StudioAct } from './acts.ts';

const MOST_OPTIONS = 12;
const MOST_PRIZES = 100;

/** A poll that a moment plans can be opened before its time, and in a live session at any. */
export async function planFromMoment(tx: Handle, { content, now }: Pick<RoomDeps, 'content' | 'now'>, one: Occurrence, key: string): Promise<void> {
	if (await pollOf(tx, one.id, key)) return;
	const moment = webinarById(content(), one.webinarId)?.moments.find((planned) => planned.key === key && planned.kind === 'poll');
	if (moment) await planPoll(tx, one.id, pollPlanOf(moment), now());
}

/** Plans a poll as a host typed it, and opens it if they want. */
export async function planTyped(
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

/** Announces a draw as a host typed it. */
export async function planDraw(
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
