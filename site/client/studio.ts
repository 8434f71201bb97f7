import type { StudioAct } from '#webinar';

import type { SentBoard, StudioData } from '../components/studio/board-data.ts';
import { fill } from '../components/studio/keyed.ts';
import { studioKeys } from '../components/studio/studio-keys.ts';
import { studioForms } from '../components/studio/studio-forms.ts';
import { studioParts } from '../components/studio/studio-parts.ts';
import { serverClock } from '../components/webinar/server-clock.ts';

/** Presence and points change without a line in the log. */
const AGAIN_MS = 5_000;
/** Many lines at once are one question for the board. */
const TOGETHER_MS = 200;

/** The board of a host: it is asked for whole whenever the room's log grows, and only what changed is made anew. */
class StudioBoard extends HTMLElement {
	#data!: StudioData;
	#board!: SentBoard;
	#filter: 'open' | 'done' | 'dismissed' = 'open';
	#timer: ReturnType<typeof setTimeout> | undefined;

	connectedCallback(): void {
		this.#data = JSON.parse(this.#one('[data-studio]').textContent ?? '{}') as StudioData;
		this.#show(this.#data.board);
		const now = serverClock(Date.parse(this.#data.board.serverTime));
		this.#tick(now());
		setInterval(() => this.#tick(now()), 500);
		setInterval(() => void this.#ask(), AGAIN_MS);
		this.#listen();
		this.addEventListener('click', (event) => this.#press(event));
		this.addEventListener('change', (event) => {
			const { target } = event;
			if (!(target instanceof HTMLSelectElement) || target.dataset['assign'] === undefined) return;
			void this.send({ act: 'question', question: target.dataset['assign'], speaker: target.value });
		});
		studioForms(this, this.#data.words, (act) => this.send(act));
		studioKeys(
			this,
			(act) => void this.send(act),
			() => this.#board,
		);
	}

	/** Does an act; says what went wrong. Resolves true when it was done. */
	async send(act: StudioAct): Promise<boolean> {
		const { words, id } = this.#data;
		const answer = await fetch(`/api/v1/occurrences/${id}/acts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(act),
		}).catch(() => null);
		const isDone = answer?.ok ?? false;
		const error = this.#one('[data-error]');
		error.hidden = isDone;
		if (!isDone) {
			const problem = (await answer?.json().catch(() => null)) as { errors?: readonly { field: string }[] } | null;
			const field = problem?.errors?.[0]?.field ?? '';
			const named = (words.fields as Readonly<Record<string, string>>)[field];
			error.textContent = answer?.status === 409 ? words.refused : named ? words.wrong.replace('{field}', named) : words.failed;
		}
		await this.#ask();
		return isDone;
	}

	#listen(): void {
		const { id, words } = this.#data;
		const source = new EventSource(`/console/webinars/${id}/studio/stream`);
		const state = this.#one('[data-connection]');
		source.addEventListener('open', () => (state.textContent = words.connection.on));
		source.addEventListener('error', () => (state.textContent = words.connection.lost));
		source.addEventListener('elsewhere', () => source.close());
		source.addEventListener('board', () => {
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => void this.#ask(), TOGETHER_MS);
		});
	}

	async #ask(): Promise<void> {
		const answer = await fetch(`/api/v1/occurrences/${this.#data.id}/board`).catch(() => null);
		if (answer?.ok) this.#show((await answer.json()) as SentBoard);
	}

	#show(board: SentBoard): void {
		this.#board = board;
		const { words } = this.#data;
		const parts = studioParts(this.#data);
		const list = (name: string, all: Parameters<typeof fill>[1]): void => {
			const element = this.querySelector<HTMLElement>(`[data-${name}]`);
			if (!element) return;
			fill(element, all);
			const empty = this.querySelector<HTMLElement>(`[data-${name}-empty]`);
			if (empty) empty.hidden = all.length > 0;
		};
		const status = this.#one('[data-status]');
		status.textContent = words.status[board.status];
		status.classList.toggle('is-signal', board.status === 'live');
		this.#one('[data-audience]').textContent = parts.fillIn(words.audience, { count: board.audience, registered: board.registered });
		this.#one('[data-hands-panel]').hidden = board.hands.length === 0;
		list('hands', board.hands.map(parts.hand));
		list('polls', board.polls.map(parts.poll));
		list(
			'moments',
			board.moments.map((moment) => parts.moment(moment, board.startsAt)),
		);
		list('draws', board.draws.map(parts.draw));
		list('hot', (board.hot ?? []).map(parts.hot));
		const of = { open: ['open', 'answering'], done: ['answered'], dismissed: ['dismissed'] } as const;
		for (const [filter, states] of Object.entries(of)) {
			const count = board.questions.filter(({ state }) => (states as readonly string[]).includes(state)).length;
			this.#one(`[data-count="${filter}"]`).textContent = String(count);
		}
		list('questions', board.questions.filter(({ state }) => (of[this.#filter] as readonly string[]).includes(state)).map(parts.question));
		this.#chat(board, parts);
	}

	/** The chat stays at its end while its reader is there. */
	#chat(board: SentBoard, { line, fillIn }: ReturnType<typeof studioParts>): void {
		const scroll = this.#one('[data-chat-scroll]');
		const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 48;
		fill(
			this.#one('[data-lines]'),
			board.lines.map((one) => line(one, board.pinned)),
		);
		this.#one('[data-lines-empty]').hidden = board.lines.length > 0;
		if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
		const waiting = board.lines.filter(({ showing }) => showing === 'held').length;
		const held = this.#one('[data-held]');
		held.hidden = waiting === 0;
		held.textContent = fillIn(this.#data.words.chat.waiting, { count: waiting });
	}

	/** What changes with the clock: time since the start, what is next, seconds left of a poll. */
	#tick(at: number): void {
		const { words } = this.#data;
		const { startsAt, endsAt, status, moments, mode } = this.#board;
		const begun = Date.parse(startsAt);
		this.#one('[data-clock]').textContent = status === 'live' ? clockText(Math.min(at, Date.parse(endsAt)) - begun) : '';
		const next = moments.find(({ isDone, atSeconds }) => !isDone && (mode === 'live' || begun + atSeconds * 1_000 > at - 2_000));
		const text = next ? `${words.momentKind[next.kind]}: ${next.text[this.#data.locale] || next.text.en || next.target || ''}` : words.noNext;
		const inSeconds = next && mode !== 'live' && status === 'live' ? ` (${clockText(begun + next.atSeconds * 1_000 - at)})` : '';
		this.#one('[data-next]').textContent = text + inSeconds;
		const now = this.#one('[data-next-now]');
		now.hidden = !next;
		if (next) now.dataset['do'] = JSON.stringify({ act: 'moment', key: next.key } satisfies StudioAct);
		for (const left of this.querySelectorAll<HTMLElement>('[data-until]'))
			left.textContent = words.polls.left.replace('{seconds}', String(Math.max(0, Math.ceil((Number(left.dataset['until']) - at) / 1_000))));
	}

	#press(event: Event): void {
		const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null;
		if (!button) return;
		const { do: does, filter, reply, name } = button.dataset;
		if (does) void this.send(JSON.parse(does) as StudioAct);
		if (filter === 'open' || filter === 'done' || filter === 'dismissed') {
			this.#filter = filter;
			for (const one of this.querySelectorAll<HTMLElement>('[data-filter]'))
				one.setAttribute('aria-pressed', String(one.dataset['filter'] === filter));
			this.#show(this.#board);
		}
		if (reply) this.#replyTo(reply, name ?? '');
		if ('noReply' in button.dataset) this.#replyTo('', '');
	}

	#replyTo(seq: string, name: string): void {
		const note = this.#one('[data-replying]');
		note.hidden = seq === '';
		note.dataset['replying'] = seq;
		note.querySelector('span')!.textContent = this.#data.words.chat.replyTo.replace('{name}', name);
		this.#one('#studio-say').focus();
	}

	#one(selector: string): HTMLElement {
		return this.querySelector<HTMLElement>(selector)!;
	}
}

function clockText(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
	const two = (value: number): string => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3_600);
	return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

customElements.define('studio-board', StudioBoard);
