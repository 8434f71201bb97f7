import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** Works out the puzzle that the hub asks for under suspicion, and sends the form again by itself. */
export async function prove(notice: HTMLElement): Promise<void> {
	const form = notice.closest('form');
	const field = form?.querySelector<HTMLInputElement>('input[name=proof]');
	if (!form || !field) return;
	show(notice, 'working');
	try {
		const answer = await fetch(`/api/v1/forms/${encodeURIComponent(notice.dataset['proof'] ?? '')}/proof`);
		if (!answer.ok) return show(notice, 'failed');
		const challenge = (await answer.json()) as Challenge;
		const solution = await solveChallenge({ challenge, deriveKey });
		if (!solution) return show(notice, 'failed');
		field.value = JSON.stringify({ challenge, solution });
		form.requestSubmit();
	} catch {
		show(notice, 'failed');
	}
}

function show(notice: HTMLElement, what: 'working' | 'failed'): void {
	for (const part of notice.querySelectorAll<HTMLElement>('[data-plain], [data-working], [data-failed]'))
		part.hidden = !part.hasAttribute(`data-${what}`);
}
