import type { RoomMessage } from '#webinar';

import type { RoomData } from './room-data.ts';
import { refusalOf, type Send } from './room-words.ts';
import type { Outcome } from './wire.ts';

/** What a form sends, with an id that the browser keeps while the same words are tried again. */
export interface Written {
	readonly kind: 'chat' | 'question';
	readonly text: string;
	readonly isPrivate: boolean;
}

/** A form of one field: what is not taken stays in it, and is said why; what waits for the host is shown to its writer alone. */
export function sayForm(
	form: HTMLFormElement | null,
	data: RoomData,
	send: Send,
	shown: (written: Written, seq: number, note: string) => void,
): void {
	const field = form?.querySelector<HTMLInputElement | HTMLTextAreaElement>('[name=text]');
	const error = form?.querySelector('[role=alert]');
	if (!form || !field || !error) return;
	const kind = form.dataset['say'] === 'question' ? 'question' : 'chat';
	let pending: { readonly text: string; readonly clientId: string } | null = null;
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const text = field.value.trim();
		if (pending?.text !== text) pending = { text, clientId: crypto.randomUUID() };
		const isPrivate = form.querySelector<HTMLInputElement>('[name=isPrivate]')?.checked ?? false;
		const { clientId } = pending;
		void send({ kind, text, clientId, ...(kind === 'question' ? { isPrivate } : {}) }).then((outcome) => {
			error.textContent = refusalOf(outcome, data);
			if (!outcome.isDone) return;
			pending = null;
			if (field.value.trim() === text) field.value = '';
			const note = noteOf(outcome, isPrivate, data);
			if (note !== '' && outcome.seq !== null) shown({ kind, text, isPrivate }, outcome.seq, note);
		});
	});
}

const noteOf = ({ isHeld }: Extract<Outcome, { readonly isDone: true }>, isPrivate: boolean, { interaction }: RoomData): string =>
	isPrivate ? interaction.onlyHost : isHeld ? interaction.held : '';

/** A line that only its writer sees, as the stream would tell it. */
export function ownLine({ kind, text, isPrivate }: Written, seq: number, { me }: RoomData): RoomMessage {
	const both = (word: string) => ({ en: word, 'zh-CN': word });
	const line = { seq, at: new Date().toISOString(), author: both(me.name), text: both(text) };
	return kind === 'chat' ? { ...line, kind, isHost: false } : { ...line, kind, question: `own-${seq}`, isPrivate };
}
