import { make } from './make.ts';
import type { RoomData } from './room-data.ts';
import { fillIn, type Message, refusalOf, type Send, textOf } from './room-words.ts';

type Opened = Message<'poll'>;

interface Shown {
	readonly opened: Opened;
	results: Message<'poll-results'> | null;
	closed: Message<'poll-closed'> | null;
}

export interface PollView {
	open(message: Opened): void;
	results(message: Message<'poll-results'>): void;
	close(message: Message<'poll-closed'>): void;
	ranking(message: Message<'ranking'>): void;
	/** Seconds left, by the hub's clock. */
	tick(now: number): void;
}

/** The newest question: a form until this viewer has answered or time is up, then the results as they come. */
export function pollView(root: HTMLElement, data: RoomData, send: Send): PollView {
	const panel = root.querySelector<HTMLElement>('[data-poll]')!;
	const leaders = root.querySelector<HTMLElement>('[data-ranking]');
	const mine: Record<string, readonly number[]> = { ...data.me.votes };
	const polls = new Map<string, Shown>();
	const { poll: words } = data.interaction;
	let current = '';

	const formOf = (poll: Opened): HTMLElement => {
		const { form = 'single', options, points = 0 } = poll;
		const isWords = form === 'text' || form === 'cloud';
		const id = `poll-${poll.seq}`;
		const error = make('p', { class: 'field-error', role: 'alert' });
		const hint = { single: '', multiple: words.several, text: words.words, cloud: words.cloud, quiz: fillIn(words.quiz, { points }) }[form];
		const choices = options.map((option, at) =>
			make(
				'div',
				{ class: 'choice' },
				make('input', { type: form === 'multiple' ? 'checkbox' : 'radio', name: 'option', id: `${id}-${at}`, value: String(at) }),
				make('label', { for: `${id}-${at}` }, textOf(option, data)),
			),
		);
		const field = make('input', {
			class: 'input',
			name: 'text',
			maxlength: form === 'cloud' ? '80' : '200',
			autocomplete: 'off',
			'aria-label': words.mine,
		});
		const element = make(
			'form',
			{ class: 'form' },
			make(
				'fieldset',
				{},
				make('legend', {}, textOf(poll.question, data)),
				...(hint === '' ? [] : [make('p', { class: 'small quiet' }, hint)]),
				isWords ? field : make('div', { class: 'choices' }, ...choices),
			),
			make('p', { class: 'small tabular', 'data-left': '' }),
			make('div', { class: 'form-actions' }, make('button', { class: 'button is-small' }, isWords ? words.send : data.words.vote)),
			error,
		);
		element.addEventListener('submit', (event) => {
			event.preventDefault();
			const given = new FormData(element);
			const chosen = given.getAll('option').map(Number);
			void send({ kind: 'vote', poll: poll.poll, ...(isWords ? { text: String(given.get('text') ?? '') } : { options: chosen }) }).then((outcome) => {
				const isThere = !outcome.isDone && outcome.code === 'already-voted';
				error.textContent = isThere ? '' : refusalOf(outcome, data);
				if (!outcome.isDone && !isThere) return;
				mine[poll.poll] = chosen;
				show();
				panel.querySelector<HTMLElement>('h2')?.focus();
			});
		});
		return element;
	};

	const bars = ({ opened, results, closed }: Shown): HTMLElement[] => {
		const votes = results?.votes ?? [];
		const sum = results?.answers ?? votes.reduce((total, count) => total + count, 0);
		const own = mine[opened.poll] ?? [];
		return opened.options.map((option, at) => {
			const share = sum > 0 ? Math.round((100 * (votes[at] ?? 0)) / sum) : 0;
			const isRight = closed?.correct.includes(at) ?? false;
			const marks = [...(isRight ? [words.right] : []), ...(own.includes(at) ? [words.mine] : [])];
			return make(
				'li',
				{ class: `${own.includes(at) ? 'is-mine' : ''}${isRight ? ' is-right' : ''}` },
				make(
					'span',
					{},
					make('span', {}, textOf(option, data), ...(marks.length > 0 ? [make('span', { class: 'small quiet' }, ` ${marks.join(' · ')}`)] : [])),
					make('span', { class: 'tabular' }, `${share} %`),
				),
				make('meter', { min: '0', max: '100', value: String(share), 'aria-label': textOf(option, data) }),
			);
		});
	};

	const cloud = ({ results }: Shown): HTMLElement => {
		const given = results?.words ?? [];
		const most = Math.max(1, ...given.map(({ count }) => count));
		const list = make('ul', { class: 'cloud' });
		for (const { text, count } of given)
			list.append(
				make(
					'li',
					{ class: `is-size-${Math.ceil((4 * count) / most)}` },
					text,
					...(count > 1 ? [make('span', { class: 'tabular' }, ` ${count}`)] : []),
				),
			);
		return list;
	};

	const resultsOf = (shown: Shown): HTMLElement[] => {
		const { opened, results, closed } = shown;
		const { form = 'single' } = opened;
		const answers = results?.answers ?? results?.votes.reduce((total, count) => total + count, 0) ?? 0;
		const notes = [
			...(mine[opened.poll] === undefined ? [] : [words.answered]),
			...(closed ? [words.closed] : results ? [] : [words.later]),
			...(results ? [answers === 1 ? words.answerOne : fillIn(words.answers, { count: answers })] : []),
		];
		return [
			make('h2', { tabindex: '-1' }, textOf(opened.question, data)),
			form === 'text' || form === 'cloud' ? cloud(shown) : make('ul', {}, ...(results ? bars(shown) : [])),
			make('p', { class: 'small quiet', role: 'status' }, notes.join(' ')),
		];
	};

	const show = (): void => {
		const shown = polls.get(current);
		if (!shown) return;
		panel.hidden = false;
		const isAsked = mine[current] === undefined && !shown.closed;
		panel.replaceChildren(...(isAsked ? [formOf(shown.opened)] : resultsOf(shown)));
	};

	return {
		open: (message) => {
			polls.set(message.poll, { opened: message, results: null, closed: null });
			current = message.poll;
			if (leaders) leaders.hidden = true;
			show();
		},
		results: (message) => {
			const shown = polls.get(message.poll);
			if (!shown) return;
			shown.results = message;
			if (message.poll === current && (mine[current] !== undefined || shown.closed)) show();
		},
		close: (message) => {
			const shown = polls.get(message.poll);
			if (!shown) return;
			shown.closed = message;
			if (message.poll === current) show();
		},
		ranking: ({ rows }) => {
			if (!leaders) return;
			leaders.hidden = rows.length === 0;
			const { ranking } = data.interaction;
			const lines = rows.map(({ rank, name, points, tookMs }) =>
				make(
					'li',
					{},
					make('span', { class: 'tabular' }, `${rank}.`),
					make('span', {}, name ? textOf(name, data) : data.words.gone),
					make(
						'span',
						{ class: 'tabular' },
						`${fillIn(ranking.points, { points })} · ${fillIn(ranking.seconds, { seconds: (tookMs / 1_000).toFixed(1) })}`,
					),
				),
			);
			leaders.replaceChildren(make('h2', {}, ranking.title), make('ol', {}, ...lines));
		},
		tick: (now) => {
			const closesAt = polls.get(current)?.opened.closesAt;
			const left = panel.querySelector<HTMLElement>('[data-left]');
			if (!left || closesAt === undefined) return;
			left.textContent = fillIn(words.left, { seconds: Math.max(0, Math.ceil((Date.parse(closesAt) - now) / 1_000)) });
		},
	};
}
