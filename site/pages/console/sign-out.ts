import type { APIRoute } from 'astro';

import { STAFF_COOKIE } from '../../components/console/open.ts';

/** Ends the session; the edge has checked that the form is ours. */
export const POST: APIRoute = async ({ locals, cookies, redirect }) => {
	const { setCookies } = await locals.app.gating.staff.signOut(cookies.get(STAFF_COOKIE)?.value);
	locals.setCookies(setCookies);
	return redirect('/console/sign-in', 303);
};

export const GET: APIRoute = ({ redirect }) => redirect('/console', 303);
