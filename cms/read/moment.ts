import type { Moment, MomentDraw, MomentPoll } from '../content.ts';
import { type ReadContext, typedReference } from './context.ts';
import type { RowReader } from './row.ts';

const QUIZ_POINTS = 10;
const MOST_PRIZES = 100;

/** In the order of time. A key that is missing or used twice is replaced by kind and second. */
export function readMoments(row: RowReader, context: ReadContext): Moment[] {
	const keys = new Set<string>();
	return row
		.list('moments')
		.flatMap((entry) => readMoment(entry, context) ?? [])
		.sort((a, b) => a.atSeconds - b.atSeconds)
		.map((moment) => {
			let key = moment.key === '' || keys.has(moment.key) ? `${moment.kind}-${moment.atSeconds}` : moment.key;
			while (keys.has(key)) key += '-2';
			keys.add(key);
			return { ...moment, key };
		});
}

function readMoment(entry: RowReader, context: ReadContext): Moment | null {
	const kind = entry.oneOf('kind', ['poll', 'chat', 'resource', 'call', 'draw'], 'chat');
	const target = typedReference(entry.text('target'));
	const isFound = target !== null && context.hasSlug(target.type, target.slug);
	const action = entry.oneOf('action', ['page', 'buy', 'demo', 'quote'], 'page');
	if (!isFound && (kind === 'resource' || (kind === 'call' && (action === 'page' || entry.text('target') !== '')))) {
		entry.report('dangling-reference', `moments: ${entry.text('target')}`);
		return null;
	}
	const moment = {
		atSeconds: entry.integer('at_seconds', 0),
		kind,
		key: entry.text('key'),
		author: entry.text('author') || null,
		text: entry.localised('text'),
		options: entry.list('options').map((option) => ({ en: option.text('en'), 'zh-CN': option.text('zh') })),
		target: target && isFound ? `${target.type}/${target.slug}` : null,
	};
	switch (kind) {
		case 'poll': {
			const poll = readPoll(entry);
			return poll && { ...moment, poll };
		}
		case 'call':
			return { ...moment, action };
		case 'draw': {
			const draw = readDraw(entry);
			return draw && { ...moment, draw };
		}
		case 'chat':
		case 'resource':
			return moment;
	}
}

/** Null, and reported, for one that nobody could answer. */
function readPoll(entry: RowReader): MomentPoll | null {
	const form = entry.oneOf('poll_form', ['single', 'multiple', 'text', 'cloud', 'quiz'], 'single');
	const options = entry.list('options');
	const correct = form === 'quiz' ? options.flatMap((option, at) => (option.flag('is_right') ? [at] : [])) : [];
	const isWritten = form === 'text' || form === 'cloud';
	if (!isWritten && options.length < 2) {
		entry.report('invalid-field', 'moments: a poll needs two answers');
		return null;
	}
	if (form === 'quiz' && correct.length === 0) {
		entry.report('invalid-field', 'moments: a quiz needs a right answer');
		return null;
	}
	return {
		form,
		correct,
		points: form === 'quiz' ? entry.integer('points', QUIZ_POINTS) : 0,
		seconds: entry.integer('seconds', 0),
		shows: entry.oneOf('shows', ['live', 'closed'], 'live'),
	};
}

/** Null, and reported, for one without prizes. */
function readDraw(entry: RowReader): MomentDraw | null {
	const prizes = entry
		.list('prizes')
		.map((prize) => ({ name: prize.localised('name'), stock: Math.min(MOST_PRIZES, prize.integer('stock', 1, 1)) }))
		.filter(({ name }) => name.en !== '' || name['zh-CN'] !== '');
	if (prizes.length === 0) {
		entry.report('invalid-field', 'moments: a draw needs a prize');
		return null;
	}
	return {
		minMinutes: entry.integer('min_minutes', 0),
		polls: entry.integer('polls', 0),
		quizPoints: entry.integer('quiz_points', 0),
		prizes,
		seconds: entry.integer('draw_after', 0),
	};
}
