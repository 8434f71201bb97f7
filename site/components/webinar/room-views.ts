import type { LocalisedText } from '#cms/content.ts';
import type { RoomMessage } from '#webinar';

import { make } from './make.ts';
import type { RoomData } from './room-data.ts';
import type { Outcome } from './wire.ts';

type Message<K extends RoomMessage['kind']> = Extract<RoomMessage, { kind: K }>;
/** Lines kept on the page. */
const LINES = 400;

const textOf = (text: LocalisedText, { locale }: RoomData): string => text[locale] || text.en || text['zh-CN'];

export function chatView(root: HTMLElement, data: RoomData): { add(message: Message<'chat'>): void } {
	const list = root.querySelector<HTMLElement>('[data-chat]')!;
	const log = list.parentElement!;
	const empty = root.querySelector<HTMLElement>('[data-chat-empty]');
	const time = new Intl.DateTimeFormat(data.locale === 'en' ? 'en-GB' : data.locale, { hour: '2-digit', minute: '2-digit' });
	return {
		add: ({ author, isHost, text, at }) => {
			if (empty) empty.hidden = true;
			const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 48;
			const name = author ? textOf(author, data) : data.words.gone;
			const notes = [...(isHost ? [data.words.host] : []), ...(data.phase === 'on-demand' ? [] : [time.format(new Date(at))])];
			const head = make('span', {}, make('b', {}, name), ...notes.map((note) => make('span', {}, note)));
			list.append(make('li', isHost ? { class: 'is-host' } : {}, head, textOf(text, data)));
			while (list.children.length > LINES) list.firstElementChild?.remove();
			if (isAtEnd) log.scrollTop = log.scrollHeight;
		},
	};
}

export function materialView(root: HTMLElement, data: RoomData): { add(message: Message<'resource'>): void } {
	const list = root.querySelector<HTMLElement>('[data-material]')!;
	const empty = root.querySelector<HTMLElement>('[data-material-empty]');
	return {
		add: ({ target }) => {
			const item = data.material[target];
			if (!item) return;
			if (empty) empty.hidden = true;
			const link = make('a', { href: item.href, target: '_blank', rel: 'noopener' }, item.title);
			list.append(make('li', { class: 'row' }, make('div', { class: 'row-meta' }, item.kind), make('div', { class: 'row-title' }, link)));
		},
	};
}

/** The newest question: a form until this viewer has voted, then the results as they come. */
export function pollView(
	root: HTMLElement,
	data: RoomData,
	vote: (poll: string, option: number) => Promise<Outcome>,
): { open(message: Message<'poll'>): void; results(message: Message<'poll-results'>): void } {
	const panel = root.querySelector<HTMLElement>('[data-poll]')!;
	const mine: Record<string, readonly number[]> = { ...data.votes };
	const votes: Record<string, readonly number[]> = {};
	let current: Message<'poll'> | null = null;

	const showForm = (poll: Message<'poll'>): void => {
		const error = make('p', { class: 'field-error', role: 'alert' });
		const options = poll.options.map((option, at) => {
			const id = `poll-${poll.seq}-${at}`;
			return make(
				'div',
				{ class: 'choice' },
				make('input', { type: 'radio', name: 'option', id, value: String(at), required: '' }),
				make('label', { for: id }, textOf(option, data)),
			);
		});
		const form = make(
			'form',
			{ class: 'form' },
			make('fieldset', {}, make('legend', {}, textOf(poll.question, data)), make('div', { class: 'choices' }, ...options)),
			make('div', { class: 'form-actions' }, make('button', { class: 'button is-small' }, data.words.vote)),
			error,
		);
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			const option = Number(new FormData(form).get('option'));
			void vote(poll.poll, option).then((outcome) => {
				if (!outcome.isDone && outcome.code !== 'already-voted') {
					error.textContent = data.words.failed[outcome.code];
					return;
				}
				mine[poll.poll] = [option];
				show();
				panel.querySelector<HTMLElement>('h2')?.focus();
			});
		});
		panel.replaceChildren(form);
	};

	const showResults = (poll: Message<'poll'>): void => {
		const counts = votes[poll.poll] ?? [];
		const total = counts.reduce((sum, count) => sum + count, 0);
		const rows = poll.options.map((option, at) => {
			const count = counts[at] ?? 0;
			const share = total > 0 ? Math.round((100 * count) / total) : 0;
			const meter = make('meter', { min: '0', max: '100', value: String(share), 'aria-label': textOf(option, data) });
			return make(
				'li',
				mine[poll.poll]?.includes(at) ? { class: 'is-mine' } : {},
				make('span', {}, textOf(option, data), make('span', { class: 'tabular' }, `${share} %`)),
				meter,
			);
		});
		const sum = total === 1 ? data.words.voteOne : data.words.votes.replace('{count}', String(total));
		panel.replaceChildren(
			make('h2', { tabindex: '-1' }, textOf(poll.question, data)),
			make('ul', {}, ...rows),
			make('p', { class: 'small quiet', role: 'status' }, `${data.words.voted} ${sum}`),
		);
	};

	const show = (): void => {
		if (!current) return;
		panel.hidden = false;
		if (mine[current.poll] === undefined) showForm(current);
		else showResults(current);
	};

	return {
		open: (message) => {
			current = message;
			show();
		},
		results: (message) => {
			votes[message.poll] = message.votes;
			if (current?.poll === message.poll && mine[message.poll] !== undefined) showResults(current);
		},
	};
}
