import { make } from './make.ts';
import type { RoomData } from './room-data.ts';
import { fillIn, type Message, textOf } from './room-words.ts';

/** Lines kept on the page. */
const LINES = 400;

export interface ChatView {
	add(message: Message<'chat'>, note?: string): void;
	/** A moderator took a line away, or lets it be seen. */
	moderate(message: Message<'moderation'>): void;
	pin(message: Message<'pin'>): void;
}

/** The chat: lines in the order of their numbers, also one that is let through later; what is hidden is gone. */
export function chatView(root: HTMLElement, data: RoomData): ChatView {
	const list = root.querySelector<HTMLElement>('[data-chat]')!;
	const log = list.parentElement!;
	const empty = root.querySelector<HTMLElement>('[data-chat-empty]');
	const pinned = root.querySelector<HTMLElement>('[data-pinned]');
	const time = new Intl.DateTimeFormat(data.locale === 'en' ? 'en-GB' : data.locale, { hour: '2-digit', minute: '2-digit' });
	const words = data.interaction;
	let pin: number | null = null;

	const lineAt = (seq: number): HTMLElement | null => list.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
	const nameOf = (seq: number): string => lineAt(seq)?.querySelector('b')?.textContent ?? '';
	const showPin = (): void => {
		if (!pinned) return;
		const line = pin === null ? null : lineAt(pin);
		pinned.hidden = line === null;
		if (line) pinned.replaceChildren(make('b', {}, words.pinned), ` ${line.dataset['text'] ?? ''}`);
	};
	const add: ChatView['add'] = ({ seq, author, isHost, text, at, replyTo }, note = '') => {
		if (empty) empty.hidden = true;
		lineAt(seq)?.remove();
		const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 48;
		const name = author ? textOf(author, data) : data.words.gone;
		const answered = replyTo === undefined ? '' : nameOf(replyTo);
		const notes = [
			...(isHost ? [data.words.host] : []),
			...(data.phase === 'on-demand' ? [] : [time.format(new Date(at))]),
			...(answered === '' ? [] : [fillIn(words.inReply, { name: answered })]),
		];
		const head = make('span', {}, make('b', {}, name), ...notes.map((one) => make('span', {}, one)));
		const said = textOf(text, data);
		const line = make('li', { 'data-seq': String(seq), 'data-text': said, ...(isHost ? { class: 'is-host' } : {}) }, head, said);
		if (note !== '') line.append(make('em', { class: 'small quiet' }, note));
		const later = [...list.children].find((other) => Number((other as HTMLElement).dataset['seq']) > seq);
		list.insertBefore(line, later ?? null);
		while (list.children.length > LINES) list.firstElementChild?.remove();
		if (isAtEnd) log.scrollTop = log.scrollHeight;
		if (pin === seq) showPin();
	};
	return {
		add,
		moderate: ({ of, act, message }) => {
			if (act === 'hide') lineAt(of)?.remove();
			else if (message?.kind === 'chat') add(message);
			showPin();
		},
		pin: ({ of }) => {
			pin = of;
			showPin();
		},
	};
}
