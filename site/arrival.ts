import type { AstroGlobal } from 'astro';

import type { FormArrival } from '#gating';

/** Name of the hidden field by which a form that is shown again keeps the tags of the page it first stood on. */
export const LANDING = 'landing';

/** Tags of the page that a form stood on: from the form itself when it was shown again, else as the browser names the page. '' for none. */
export function landingOf(request: Request, data: FormData): string {
	const given = data.get(LANDING);
	if (typeof given === 'string' && given.startsWith('?')) return given.slice(0, 2_000);
	const page = request.headers.get('referer') ?? '';
	return URL.canParse(page) ? new URL(page).search.slice(0, 2_000) : '';
}

/** By which way the sender of a form came. Looks at who sends it. */
export async function arrivedBy({ locals, request }: Pick<AstroGlobal, 'locals' | 'request'>, data: FormData): Promise<FormArrival> {
	const { app, visitor, network } = locals;
	return app.gating.channels.arrival({ query: landingOf(request, data), visitor, network });
}
