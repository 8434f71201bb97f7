import type { APIRoute } from 'astro';

import { LOCALES } from '#cms/content.ts';

import { LOCALE_COOKIE, safeNext } from '../../components/console/open.ts';

const YEAR_SECONDS = 31_536_000;

/** Keeps the language of the console and goes back to where the choice was made. */
export const POST: APIRoute = async ({ request, locals, redirect }) => {
	const form = await request.formData();
	const locale = LOCALES.find((known) => known === form.get('locale'));
	if (locale) locals.setCookies([{ name: LOCALE_COOKIE, value: locale, maxAgeSeconds: YEAR_SECONDS, httpOnly: true }]);
	return redirect(safeNext(String(form.get('next') ?? '')), 303);
};

export const GET: APIRoute = ({ redirect }) => redirect('/console', 303);
