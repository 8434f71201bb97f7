const COOKIE = 'foyer_analytics';
const DAYS_400 = 34_560_000;

/** True when this browser agreed to analytics. The cookie says only that; who asks is known to the server alone. */
export function isMeasured(): boolean {
	return document.cookie.split('; ').includes(`${COOKIE}=1`);
}

/** Keeps beside the server's record, which scripts cannot read, whether measuring may begin or must end. */
export function rememberAnswer(): void {
	document.addEventListener('submit', (event) => {
		const form = event.target as HTMLFormElement;
		if (!form.closest('[data-consent-notice], [data-consent-form]')) return;
		const sent = new FormData(form, (event as SubmitEvent).submitter);
		const isGiven = sent.getAll('purposes').some((value) => String(value).split(',').includes('analytics'));
		document.cookie = `${COOKIE}=${isGiven ? 1 : 0}; path=/; max-age=${DAYS_400}; samesite=lax`;
	});
}
