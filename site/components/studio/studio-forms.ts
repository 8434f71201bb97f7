import type { Texts } from '#kernel/texts/texts.ts';
import type { StudioAct } from '#webinar';

import type { SentBoard } from './board-data.ts';

type Send = (act: StudioAct) => Promise<boolean>;

/** The forms of the studio: what is typed becomes an act; what was not taken stays in its field. */
export function studioForms(root: HTMLElement, words: Texts['studio'], send: Send): void {
	root.addEventListener('submit', (event) => {
		const form = event.target;
		if (!(form instanceof HTMLFormElement)) return;
		event.preventDefault();
		const data = new FormData(form, event.submitter);
		const made = actOf(root, form, data);
		if (!made) return;
		void send(made).then((isDone) => {
			if (isDone) settle(root, form, words);
		});
	});
	showRules(root);
}

function actOf(root: HTMLElement, form: HTMLFormElement, data: FormData): StudioAct | null {
	const text = (name: string): string => String(data.get(name) ?? '').trim();
	const number = (name: string): number => Math.max(0, Math.trunc(Number(text(name)) || 0));
	if ('say' in form.dataset) {
		const replying = root.querySelector<HTMLElement>('[data-replying]')?.dataset['replying'] ?? '';
		return text('text') === '' ? null : { act: 'say', text: text('text'), ...(replying === '' ? {} : { replyTo: Number(replying) }) };
	}
	if (form.dataset['answer']) return { act: 'question', question: form.dataset['answer'], answer: form.querySelector('textarea')!.value };
	switch (form.dataset['new']) {
		case 'rules':
			return { act: 'rules', holds: data.has('holds'), words: text('words') };
		case 'call':
			return { act: 'call', action: text('action') as 'demo', text: text('text'), target: text('target') || null };
		case 'plan-poll': {
			const lines = text('options')
				.split('\n')
				.map((line) => line.trim())
				.filter((line) => line !== '');
			return {
				act: 'plan-poll',
				opens: text('opens') === '1',
				form: text('form') as 'single',
				question: text('question'),
				options: lines.map((line) => line.replace(/^\*\s*/, '')),
				correct: lines.flatMap((line, at) => (line.startsWith('*') ? [at] : [])),
				points: number('points'),
				seconds: number('seconds'),
				shows: text('shows') as 'live',
			};
		}
		case 'plan-draw': {
			const asked = { minMinutes: number('minMinutes'), polls: number('polls'), quizPoints: number('quizPoints') };
			return {
				act: 'plan-draw',
				title: text('title'),
				rule: Object.fromEntries(Object.entries(asked).filter(([, n]) => n > 0)),
				prizes: prizesOf(text('prizes')),
			};
		}
		default:
			return null;
	}
}

/** Lines such as “3 × Encoder kit”; without a number there is one. */
function prizesOf(typed: string): { name: string; stock: number }[] {
	return typed
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map((line) => {
			const [, stock = '1', name = line] = /^(\d+)\s*[x×*]\s*(.+)$/i.exec(line) ?? [];
			return { name, stock: Number(stock) };
		});
}

function settle(root: HTMLElement, form: HTMLFormElement, words: Texts['studio']): void {
	const saved = form.querySelector('[data-saved]');
	if (saved) {
		saved.textContent = words.rules.saved;
		return;
	}
	form.reset();
	const details = form.closest('details');
	if (details) details.open = false;
	const replying = root.querySelector<HTMLElement>('[data-replying]');
	if ('say' in form.dataset && replying) {
		replying.hidden = true;
		replying.dataset['replying'] = '';
	}
}

/** The rules as they were when the page was made. */
function showRules(root: HTMLElement): void {
	const { rules } = (JSON.parse(root.querySelector('[data-studio]')?.textContent ?? '{}') as { readonly board: Pick<SentBoard, 'rules'> }).board;
	const holds = root.querySelector<HTMLInputElement>('#rules-holds');
	const words = root.querySelector<HTMLTextAreaElement>('#rules-words');
	if (holds) holds.checked = rules.holds;
	if (words) words.value = rules.words.join('\n');
}
