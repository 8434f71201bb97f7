import type { StudioAct } from '#webinar';

import type { SentBoard } from './board-data.ts';

/** Keys of the studio, off while somebody types; the page lists them. */
export function studioKeys(root: HTMLElement, send: (act: StudioAct) => void, board: () => SentBoard): void {
	const questions = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-question]')];
	const current = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('[data-question]') ?? null;
	const move = (step: 1 | -1): void => {
		const all = questions();
		const active = current();
		const at = active ? all.indexOf(active) : -1;
		all[at < 0 ? (step === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
	};
	const set = (state: 'answering' | 'answered' | 'dismissed'): void => {
		const question = current() ?? questions()[0];
		const id = question?.dataset['question'];
		if (id) send({ act: 'question', question: id, state });
	};
	const keys: Readonly<Record<string, () => void>> = {
		j: () => move(1),
		k: () => move(-1),
		a: () => set('answering'),
		d: () => set('answered'),
		x: () => set('dismissed'),
		t: () => {
			const details = (current() ?? questions()[0])?.querySelector('details');
			if (!details) return;
			details.open = true;
			details.querySelector('textarea')?.focus();
		},
		n: () => root.querySelector<HTMLButtonElement>('[data-next-now]:not([hidden])')?.click(),
		c: () => root.querySelector<HTMLInputElement>('#studio-say')?.focus(),
		l: () => {
			const waiting = board().lines.find(({ showing }) => showing === 'held');
			if (waiting) send({ act: 'show', seq: waiting.seq });
		},
		m: () => {
			const { holds, words } = board().rules;
			send({ act: 'rules', holds: !holds, words: words.join('\n') });
			const box = root.querySelector<HTMLInputElement>('#rules-holds');
			if (box) box.checked = !holds;
		},
		'?': () => {
			const list = root.querySelector<HTMLDetailsElement>('[data-keys-list]');
			if (!list) return;
			list.open = !list.open;
			list.querySelector('summary')?.focus();
		},
	};
	document.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
		const does = keys[event.key];
		if (!does) return;
		event.preventDefault();
		does();
	});
}

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
	return target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName);
}
