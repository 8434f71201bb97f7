import type { AstroGlobal } from 'astro';

import type { CheckProblem, LinkUse } from '#gating';

/** Why a mailed link did not work in another browser than the one that asked. */
export interface LinkCheck {
	/** `none`: no address was typed. */
	readonly problem: CheckProblem;
	readonly retryAfterSeconds: number;
}

/** The press of a button behind a mailed link, with the address that was typed beside it. */
export function linkUse({ visitor, network }: AstroGlobal['locals'], data: FormData): LinkUse {
	const typed = data.get('email');
	return { visitor, email: typeof typed === 'string' && typed.trim() !== '' ? typed : null, network };
}

/** Sets the status of the page that asks again. */
export function refuseLink({ response }: Pick<AstroGlobal, 'response'>, { problem, retryAfterSeconds }: LinkCheck): void {
	response.status = problem === 'slow-down' ? 429 : 422;
	if (problem === 'slow-down') response.headers.set('retry-after', String(retryAfterSeconds));
}
