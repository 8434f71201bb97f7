const forms = document.querySelectorAll<HTMLFormElement>('form[data-form]');

/** One press sends once; the zone and a key that makes repeats harmless go with it. */
export function guardForms(): void {
	document.addEventListener('submit', (event) => {
		const form = event.target as HTMLFormElement;
		if (form.method !== 'post') return;
		const submitter = (event as SubmitEvent).submitter as HTMLButtonElement | null;
		if (form.dataset['sent']) return event.preventDefault();
		form.dataset['sent'] = 'yes';
		submitter?.setAttribute('aria-disabled', 'true');
		fill(form, 'timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone);
		fill(form, 'idempotencyKey', crypto.randomUUID());
	});
	// Back from the next page, out of the browser's memory: the form may be sent again.
	addEventListener('pageshow', () => {
		for (const form of document.forms) {
			delete form.dataset['sent'];
			form.querySelector('[aria-disabled]')?.removeAttribute('aria-disabled');
		}
	});
}

/** Fetches the proof of some seconds between reading and sending when a form is first touched, and what helps to fill it in. */
export function attendForms(): void {
	for (const form of forms) {
		const help = (): void => void import('./form-help.ts').then((module) => module.help(form));
		const hasRules = form.querySelector('[data-when]') !== null;
		if (hasRules) help();
		form.addEventListener(
			'focusin',
			() => {
				void fetchChallenge(form);
				if (!hasRules) help();
			},
			{ once: true },
		);
	}
	const notice = document.querySelector<HTMLElement>('[data-proof]');
	if (notice) void import('./proof.ts').then(({ prove }) => prove(notice));
}

/** After a refusal the summary of errors is read first. Going to the form's place in the page takes the focus away once more. */
export function focusErrors(): void {
	const focus = (): void => document.querySelector<HTMLElement>('[data-focus]')?.focus();
	focus();
	addEventListener('load', () => setTimeout(focus), { once: true });
}

async function fetchChallenge(form: HTMLFormElement): Promise<void> {
	if (form.querySelector<HTMLInputElement>('input[name=challenge]')?.value) return;
	try {
		const answer = await fetch('/api/v1/challenge');
		if (answer.ok) fill(form, 'challenge', ((await answer.json()) as { challenge: string }).challenge);
	} catch {
		// Without it the form is taken under a stricter limit.
	}
}

function fill(form: HTMLFormElement, name: string, value: string): void {
	const field = form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`);
	if (field) field.value = value;
}
