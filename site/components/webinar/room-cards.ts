import type { LocalisedText } from '#cms/content.ts';

import { make } from './make.ts';
import type { RoomData } from './room-data.ts';
import { fillIn, type Message, refusalOf, type Send, textOf } from './room-words.ts';

/** How somebody stands in a draw, as the hub answers. */
interface OwnPlace {
	readonly status: 'open' | 'in' | 'not-in' | 'won';
	readonly isEligible?: boolean;
	readonly steps?: readonly {
		readonly kind: keyof RoomData['interaction']['draw']['rules'];
		readonly needed: number;
		readonly done: number;
		readonly isMet: boolean;
	}[];
	readonly entry?: string;
	readonly prize?: LocalisedText;
	readonly isClaimed?: boolean;
}

export interface CardView {
	call(message: Message<'call'>): void;
	draw(message: Message<'draw'>): void;
	material(message: Message<'resource'>): void;
}

/** Cards beside the picture: what viewers are asked to do, and where a draw stands; material in the list below. */
export function cardView(root: HTMLElement, data: RoomData, send: Send): CardView {
	const cards = root.querySelector<HTMLElement>('[data-cards]')!;
	const list = root.querySelector<HTMLElement>('[data-material]');
	const empty = root.querySelector<HTMLElement>('[data-material-empty]');
	const { call: callWords, draw: words } = data.interaction;

	const place = (key: string, ...content: (Node | string)[]): HTMLElement => {
		const card = make('section', { class: 'card-now', 'data-card': key }, ...content);
		const old = cards.querySelector(`[data-card="${key}"]`);
		if (old) old.replaceWith(card);
		else cards.append(card);
		cards.hidden = false;
		return card;
	};
	const dismiss = (card: () => HTMLElement): HTMLElement => {
		const button = make('button', { type: 'button', class: 'button is-link' }, callWords.dismiss);
		button.addEventListener('click', () => {
			card().remove();
			cards.hidden = cards.childElementCount === 0;
		});
		return button;
	};

	const stateOf = (message: Message<'draw'>, own: OwnPlace | null): HTMLElement[] => {
		const p = (...content: (Node | string)[]): HTMLElement => make('p', {}, ...content);
		const proof = p(make('a', { href: data.draws + message.draw, target: '_blank', rel: 'noopener' }, words.proof));
		const entry = own?.entry ? [p(`${words.yourEntry} `, make('code', {}, own.entry))] : [];
		if (message.state === 'void') return [p(words.void), proof];
		if (message.state === 'planned') {
			const steps = own?.steps ?? [];
			const asked = steps.map(({ kind, needed, done, isMet }) =>
				make(
					'li',
					{},
					`${isMet ? '✓ ' : ''}${fillIn(words.rules[kind], { count: needed })}`,
					...(isMet ? [] : [make('span', { class: 'quiet tabular' }, ` ${fillIn(words.stillNeeded, { done, needed })}`)]),
				),
			);
			return [
				...(asked.length > 0 ? [p(words.rule), make('ul', { class: 'steps' }, ...asked)] : [p(words.everybody)]),
				...(own?.isEligible && asked.length > 0 ? [p(words.met)] : []),
			];
		}
		const isIn = own?.status === 'in' || own?.status === 'won';
		if (message.state === 'committed')
			return [p(fillIn(words.committed, { count: message.entries })), ...(own && !isIn ? [p(words.notIn)] : entry), proof];
		if (own?.status === 'won' && own.prize) {
			const claim = make(
				'a',
				{ class: 'button is-small', href: `${data.draws}${message.draw}/claim`, target: '_blank', rel: 'noopener' },
				words.claim,
			);
			return [p(make('b', {}, fillIn(words.won, { prize: textOf(own.prize, data) }))), ...entry, own.isClaimed ? p(words.claimed) : p(claim), proof];
		}
		return [p(isIn ? words.lost : words.notIn), ...entry, proof];
	};
	let newest = 0;

	return {
		call: ({ call, action, text, target }) => {
			const item = target === null ? undefined : data.material[target];
			const error = make('p', { class: 'field-error', role: 'alert' });
			const label = callWords[action];
			const button = item
				? make('a', { class: 'button is-small', href: item.href, target: '_blank', rel: 'noopener' }, label)
				: make('button', { type: 'button', class: 'button is-small' }, label);
			const isAnswered = action === 'demo' || action === 'quote';
			button.addEventListener('click', () => {
				void send({ kind: 'call', call }).then((outcome) => {
					error.textContent = refusalOf(outcome, data);
					if (outcome.isDone && isAnswered) card.replaceChildren(make('p', { role: 'status' }, callWords.done));
				});
			});
			const card: HTMLElement = place(
				`call-${call}`,
				make('h2', {}, textOf(text, data)),
				make(
					'div',
					{ class: 'form-actions' },
					button,
					dismiss(() => card),
				),
				error,
			);
		},
		draw: (message) => {
			const key = `draw-${message.draw}`;
			const turn = (newest += 1);
			const prizes = message.prizes.map(({ name, stock }) => `${stock} × ${textOf(name, data)}`).join(', ');
			const head = [make('h2', {}, textOf(message.title, data)), make('p', { class: 'small quiet' }, `${words.title}: ${prizes}`)];
			place(key, ...head);
			void fetch(`/api/v1/webinars/${data.slug}/draws/${message.draw}/own`)
				.then(async (answer) => (answer.ok ? ((await answer.json()) as OwnPlace) : null))
				.catch(() => null)
				.then((own) => {
					if (turn === newest || cards.querySelector(`[data-card="${key}"]`)?.childElementCount === head.length)
						place(key, ...head, ...stateOf(message, own));
				});
		},
		material: ({ target }) => {
			const item = data.material[target];
			if (!item || !list || list.querySelector(`[data-target="${target}"]`)) return;
			if (empty) empty.hidden = true;
			const link = make('a', { href: item.href, target: '_blank', rel: 'noopener' }, item.title);
			link.addEventListener('click', () => void send({ kind: 'resource', target }));
			list.append(
				make('li', { class: 'row', 'data-target': target }, make('div', { class: 'row-meta' }, item.kind), make('div', { class: 'row-title' }, link)),
			);
		},
	};
}
