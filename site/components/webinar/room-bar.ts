import type { RoomData } from './room-data.ts';
import { type Message, refusalOf, type Send } from './room-words.ts';

const SHOWN_MS = 4_000;

/** Reactions and the raised hand, under the picture. Counts of the last seconds stand on the buttons: nothing flies over the picture. */
export function barView(root: HTMLElement, data: RoomData, send: Send): { reactions(message: Message<'reactions'>): void } {
	const status = root.querySelector<HTMLElement>('[data-bar-status]');
	const say = (text: string): void => {
		if (status) status.textContent = text;
	};
	for (const button of root.querySelectorAll<HTMLElement>('[data-reaction]'))
		button.addEventListener('click', () => {
			void send({ kind: 'reaction', reaction: button.dataset['reaction'] }).then((outcome) => say(refusalOf(outcome, data)));
		});

	const hand = root.querySelector<HTMLElement>('[data-hand]');
	const { raise, lower, isUp: told } = data.interaction.hand;
	const show = (isUp: boolean): void => {
		if (!hand) return;
		hand.setAttribute('aria-pressed', String(isUp));
		hand.textContent = isUp ? lower : raise;
		say(isUp ? told : '');
	};
	show(data.me.isHandUp);
	hand?.addEventListener('click', () => {
		const isUp = hand.getAttribute('aria-pressed') !== 'true';
		void send({ kind: 'hand', isUp }).then((outcome) => (outcome.isDone ? show(isUp) : say(refusalOf(outcome, data))));
	});

	return {
		reactions: ({ counts, at }) => {
			if (Date.now() - Date.parse(at) > 60_000) return;
			for (const [reaction, count] of Object.entries(counts)) {
				const shown = root.querySelector<HTMLElement>(`[data-reaction="${reaction}"] [data-count]`);
				if (!shown) continue;
				shown.textContent = `+${count}`;
				setTimeout(() => (shown.textContent = ''), SHOWN_MS);
			}
		},
	};
}
