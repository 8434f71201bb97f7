import type { LocalisedText } from '#cms/content.ts';
import type { StudioAct } from '#webinar';

import { make } from '../webinar/make.ts';
import type { SentBoard, StudioData } from './board-data.ts';
import type { Part } from './keyed.ts';

type Line = SentBoard['lines'][number];
type Question = SentBoard['questions'][number];
type Poll = SentBoard['polls'][number];

/** A button that does `act` when it is pressed. */
export const act = (label: string, does: StudioAct, isQuiet = true): HTMLButtonElement =>
	make('button', { type: 'button', class: `button is-small${isQuiet ? ' is-quiet' : ''}`, 'data-do': JSON.stringify(does) }, label);

const small = (...content: (Node | string)[]): HTMLElement => make('p', { class: 'studio-meta' }, ...content);
const mark = (word: string, isSignal = false): HTMLElement => make('span', { class: isSignal ? 'badge is-signal' : 'badge' }, word);
const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
	text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** How the parts of the board look, in the host's language. */
export function studioParts({ locale, words, speakers, proofs, timeZone }: StudioData) {
	const said = (text: LocalisedText | null): string => (text ? text[locale] || text.en || text['zh-CN'] : words.chat.gone);
	const clock = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { hour: '2-digit', minute: '2-digit', timeZone });
	const time = (at: string): HTMLElement => make('time', { datetime: at }, clock.format(new Date(at)));
	const { chat, questions, polls, draws } = words;

	const talk = ({ seq, isBanned }: Pick<Line, 'seq' | 'isBanned'>): HTMLElement =>
		isBanned ? act(chat.lift, { act: 'lift-ban', seq }) : act(chat.ban, { act: 'ban', seq });
	const showing = ({ seq, showing: state }: Pick<Line, 'seq' | 'showing'>): HTMLElement =>
		state === 'shown'
			? act(chat.hide, { act: 'hide', seq })
			: act(state === 'held' ? chat.show : chat.restore, { act: 'show', seq }, state !== 'held');
	const states = (line: Pick<Line, 'showing' | 'isBanned'>): HTMLElement[] => [
		...(line.showing === 'held' ? [mark(chat.held, true)] : line.showing === 'hidden' ? [mark(chat.hidden)] : []),
		...(line.isBanned ? [mark(chat.banned)] : []),
	];

	const line = (one: Line, pinned: number | null): Part => ({
		key: String(one.seq),
		shows: [one, one.seq === pinned],
		make: () => {
			const author = said(one.author);
			const reply = make(
				'button',
				{ type: 'button', class: 'button is-small is-quiet', 'data-reply': String(one.seq), 'data-name': author },
				chat.reply,
			);
			const pin = one.seq === pinned ? act(chat.unpin, { act: 'pin', seq: null }) : act(chat.pin, { act: 'pin', seq: one.seq });
			const isPinned = one.seq === pinned ? [mark(chat.pinned)] : [];
			const more = one.isHost ? [showing(one)] : [showing(one), talk(one)];
			return make(
				'li',
				{ class: `studio-item is-${one.showing}` },
				small(make('b', {}, author), ...(one.isHost ? [` · ${chat.host}`] : []), ' ', time(one.at), ' ', ...states(one), ...isPinned),
				make('p', {}, said(one.text)),
				make('div', { class: 'studio-acts' }, ...(one.showing === 'shown' ? [reply, pin] : []), ...more),
			);
		},
	});

	const assign = (one: Question): HTMLElement[] => {
		if (speakers.length === 0) return [];
		const choice = make('select', { class: 'input is-small', 'data-assign': one.id, 'aria-label': questions.assign });
		for (const { slug, name } of [{ slug: '', name: questions.nobody }, ...speakers]) {
			const option = make('option', { value: slug }, name);
			option.selected = slug === one.speaker;
			choice.append(option);
		}
		return [choice];
	};
	const answerForm = (one: Question): HTMLElement => {
		const id = `answer-${one.id}`;
		const field = make('textarea', { class: 'input', id, rows: '3', maxlength: '2000', required: '' });
		return make(
			'details',
			{ class: 'studio-answer' },
			make('summary', {}, questions.answerText),
			make(
				'form',
				{ class: 'form', 'data-answer': one.id },
				make('label', { for: id }, questions.answerLabel),
				field,
				make('div', { class: 'form-actions' }, make('button', { class: 'button is-small' }, questions.send)),
			),
		);
	};
	const question = (one: Question): Part => ({
		key: one.id,
		shows: one,
		make: () => {
			const set = (state: 'open' | 'answering' | 'answered' | 'dismissed') => ({ act: 'question', question: one.id, state }) as const;
			const isOpen = one.state === 'open' || one.state === 'answering';
			const votes = one.votes === 1 ? questions.voteOne : fillIn(questions.votes, { count: one.votes });
			const acts = isOpen
				? [
						...(one.state === 'open' ? [act(questions.answerLive, set('answering'), false)] : [act(questions.answered, set('answered'), false)]),
						...(one.showing === 'held' ? [showing(one)] : []),
						act(questions.dismiss, set('dismissed')),
						...(one.showing === 'held' || one.isPrivate ? [] : [showing(one)]),
						...assign(one),
						talk(one),
					]
				: [act(questions.reopen, set('open')), ...(one.isPrivate ? [] : [showing(one)])];
			return make(
				'li',
				{ class: `studio-item is-${one.showing} asked-${one.state}`, tabindex: '-1', 'data-question': one.id, 'data-state': one.state },
				small(
					make('b', { class: 'tabular' }, votes),
					` · ${said(one.author)} `,
					time(one.at),
					' ',
					...(one.isPrivate ? [mark(questions.isPrivate)] : []),
					...(one.state === 'answering' ? [mark(questions.answering, true)] : []),
					...states(one),
				),
				make('p', { class: 'studio-question' }, said(one.text)),
				...(one.answer === '' ? [] : [make('p', { class: 'studio-given' }, one.answer)]),
				make('div', { class: 'studio-acts' }, ...acts),
				...(isOpen ? [answerForm(one)] : []),
			);
		},
	});

	const bars = (one: Poll): HTMLElement => {
		const sum = Math.max(1, one.answers);
		const rows = one.options.map((option, at) => {
			const count = one.votes[at] ?? 0;
			const isRight = one.correct.includes(at);
			return make(
				'li',
				isRight ? { class: 'is-right' } : {},
				make('span', {}, make('span', {}, `${isRight ? '✓ ' : ''}${said(option)}`), make('span', { class: 'tabular' }, String(count))),
				make('meter', { min: '0', max: '100', value: String(Math.round((100 * count) / sum)), 'aria-label': said(option) }),
			);
		});
		const given = one.words.map(({ text, count }) =>
			make('li', {}, make('span', {}, make('span', {}, text), make('span', { class: 'tabular' }, String(count)))),
		);
		return make('ul', { class: 'studio-bars' }, ...rows, ...given);
	};
	const poll = (one: Poll): Part => ({
		key: one.key,
		shows: one,
		make: () => {
			const { key, state, form, closesAt, answers } = one;
			const count = answers === 1 ? polls.answerOne : fillIn(polls.answers, { count: answers });
			const left = state === 'open' && closesAt ? [' · ', make('span', { class: 'tabular', 'data-until': String(Date.parse(closesAt)) })] : [];
			const isKept = one.shows === 'closed' && state === 'open';
			const acts = {
				planned: [act(polls.open, { act: 'open-poll', poll: key }, false)],
				open: [act(polls.close, { act: 'close-poll', poll: key }, false), ...(isKept ? [act(polls.show, { act: 'show-poll', poll: key })] : [])],
				closed: [],
			}[state];
			return make(
				'li',
				{ class: `studio-item poll-${state}` },
				small(`${polls.form[form]} · `, mark(polls.state[state], state === 'open'), ...(state === 'planned' ? [] : [` ${count}`]), ...left),
				make('p', {}, said(one.question)),
				...(state === 'planned' ? [] : [bars(one)]),
				make('div', { class: 'studio-acts' }, ...acts),
			);
		},
	});

	const draw = (one: SentBoard['draws'][number]): Part => ({
		key: one.id,
		shows: one,
		make: () => {
			const count = one.eligible === null ? fillIn(draws.entries, { count: one.entries }) : fillIn(draws.eligible, { count: one.eligible });
			const acts =
				one.state === 'planned'
					? [act(draws.commit, { act: 'commit-draw', draw: one.id }, false)]
					: one.state === 'committed'
						? [act(draws.draw, { act: 'run-draw', draw: one.id }, false)]
						: [];
			const prizes = one.prizes.map(({ name, stock }) => `${stock} × ${said(name)}`).join(', ');
			const winners = one.winners.map(({ entry, prize }) => {
				const won = one.prizes[prize];
				return make('li', {}, make('code', {}, entry), ` ${fillIn(draws.winner, { prize: won ? said(won.name) : '' })}`);
			});
			return make(
				'li',
				{ class: `studio-item draw-${one.state}` },
				small(mark(draws.state[one.state], one.state === 'committed'), ` ${count}`),
				make('p', {}, make('b', {}, said(one.title)), ` ${prizes}`),
				make('ul', { class: 'studio-winners' }, ...winners),
				make('div', { class: 'studio-acts' }, ...acts, make('a', { href: proofs + one.id, target: '_blank', rel: 'noopener' }, draws.proof)),
			);
		},
	});

	const moment = (one: SentBoard['moments'][number], startsAt: string): Part => ({
		key: one.key,
		shows: [one, startsAt],
		make: () => {
			const text = said(one.text) || (one.target ?? '');
			const at = `${Math.floor(one.atSeconds / 60)}:${String(one.atSeconds % 60).padStart(2, '0')}`;
			return make(
				'li',
				{ class: `studio-item studio-line${one.isDone ? ' moment-done' : ''}` },
				small(make('span', { class: 'tabular' }, at), ` ${words.momentKind[one.kind]}`, ...(one.isDone ? [` · ${words.done}`] : [])),
				make('p', {}, text),
				...(one.isDone ? [] : [make('div', { class: 'studio-acts' }, act(words.doNow, { act: 'moment', key: one.key }))]),
			);
		},
	});

	const hand = ({ registrationId, name }: SentBoard['hands'][number]): Part => ({
		key: registrationId,
		shows: name,
		make: () =>
			make(
				'li',
				{ class: 'studio-item studio-line', 'data-hand': registrationId },
				make('b', {}, said(name)),
				make(
					'div',
					{ class: 'studio-acts' },
					...(document.querySelector('stage-host')
						? [make('button', { type: 'button', class: 'button is-small', 'data-invite': registrationId }, words.toStage)]
						: []),
					act(words.lower, { act: 'lower-hand', registrationId }),
				),
			),
	});

	const hot = (one: NonNullable<SentBoard['hot']>[number]): Part => ({
		key: one.leadId,
		shows: one,
		make: () =>
			make(
				'li',
				{ class: 'studio-item studio-line' },
				make('a', { href: `/console/leads/${one.leadId}`, target: '_blank', rel: 'noopener' }, one.name ?? one.company ?? one.leadId.slice(-6)),
				small(`${one.company} · ${one.grade} · ${fillIn(words.points, { points: Math.round(one.total / 100) })}`),
			),
	});

	return { line, question, poll, draw, moment, hand, hot, said, fillIn };
}
