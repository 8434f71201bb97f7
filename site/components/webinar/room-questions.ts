import { make } from './make.ts';
import type { RoomData } from './room-data.ts';
import { type Message, refusalOf, type Send, textOf } from './room-words.ts';

interface Question {
	readonly asked: Message<'question'>;
	state: Message<'question-state'>['state'];
	answer: string;
	votes: number;
	note: string;
	isHidden: boolean;
}

export interface QuestionView {
	add(message: Message<'question'>, note?: string): void;
	settle(message: Message<'question-state'>): void;
	votes(message: Message<'question-votes'>): void;
	moderate(message: Message<'moderation'>): void;
}

/** Questions of the room: the one being answered first, then by votes; those that were answered last. */
export function questionView(root: HTMLElement, data: RoomData, send: Send): QuestionView {
	const list = root.querySelector<HTMLElement>('[data-questions]')!;
	const empty = root.querySelector<HTMLElement>('[data-questions-empty]');
	const error = root.querySelector<HTMLElement>('[data-ask-error]');
	const count = root.querySelector<HTMLElement>('[data-questions-count]');
	const all = new Map<string, Question>();
	const mine = new Set(data.me.questions);
	const voted = new Set(data.me.upvotes);
	const words = data.interaction.questions;

	const rank = ({ state }: Question): number => ({ answering: 0, open: 1, answered: 2, dismissed: 3 })[state];
	const element = (id: string, { asked, state, answer, votes, note }: Question): HTMLElement => {
		const isDone = voted.has(id) || mine.has(id) || state === 'answered' || note !== '';
		const button = make(
			'button',
			{
				type: 'button',
				class: 'button is-small is-quiet vote',
				'data-upvote': id,
				'aria-pressed': String(voted.has(id)),
				...(isDone ? { 'aria-disabled': 'true' } : {}),
			},
			make('span', { 'aria-hidden': 'true' }, '▲ '),
			make('span', { class: 'tabular' }, String(votes)),
			make('span', { class: 'visually-hidden' }, ` ${voted.has(id) ? words.voted : words.vote}`),
		);
		const marks = { answering: words.answering, answered: words.answered, open: '', dismissed: '' }[state];
		return make(
			'li',
			{ class: `asked-${state}` },
			button,
			make(
				'div',
				{},
				make(
					'p',
					{ class: 'small quiet' },
					asked.author ? textOf(asked.author, data) : data.words.gone,
					...(marks === '' ? [] : [' ', make('span', { class: state === 'answering' ? 'badge is-signal' : 'badge' }, marks)]),
				),
				make('p', {}, textOf(asked.text, data)),
				...(answer === '' ? [] : [make('p', { class: 'answer' }, make('b', {}, words.answer), ` ${answer}`)]),
				...(note === '' ? [] : [make('p', { class: 'small quiet' }, note)]),
			),
		);
	};
	const show = (): void => {
		const focused = (document.activeElement as HTMLElement | null)?.dataset['upvote'];
		const shown = [...all]
			.filter(([, { isHidden, state }]) => !isHidden && state !== 'dismissed')
			.sort(([, a], [, b]) => rank(a) - rank(b) || b.votes - a.votes || a.asked.seq - b.asked.seq);
		list.replaceChildren(...shown.map(([id, question]) => element(id, question)));
		if (empty) empty.hidden = shown.length > 0;
		if (count) count.textContent = shown.length > 0 ? String(shown.length) : '';
		if (focused) list.querySelector<HTMLElement>(`[data-upvote="${focused}"]`)?.focus();
	};

	list.addEventListener('click', (event) => {
		const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-upvote]') : null;
		const id = button?.dataset['upvote'];
		if (!id || button.getAttribute('aria-disabled') === 'true') return;
		void send({ kind: 'upvote', question: id }).then((outcome) => {
			if (error) error.textContent = refusalOf(outcome, data);
			const question = all.get(id);
			if (!question) return;
			if (outcome.isDone) question.votes += 1;
			if (outcome.isDone || outcome.code === 'already-voted') voted.add(id);
			show();
		});
	});

	const add: QuestionView['add'] = (message, note = '') => {
		const known = all.get(message.question);
		all.set(message.question, { state: 'open', answer: '', votes: 0, isHidden: false, ...known, asked: message, note });
		show();
	};
	return {
		add,
		settle: ({ question: id, state, answer }) => {
			const question = all.get(id);
			if (!question) return;
			Object.assign(question, { state, answer });
			show();
		},
		votes: ({ votes }) => {
			for (const [id, n] of Object.entries(votes)) {
				const question = all.get(id);
				if (question) question.votes = n;
			}
			show();
		},
		moderate: ({ of, act, message }) => {
			const [id] = [...all].find(([, { asked }]) => asked.seq === of) ?? [];
			const question = id === undefined ? undefined : all.get(id);
			if (question) question.isHidden = act === 'hide';
			if (act === 'show' && message?.kind === 'question') add(message);
			else show();
		},
	};
}
