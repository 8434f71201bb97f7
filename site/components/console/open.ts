import type { AstroGlobal } from 'astro';

import { type Locale, LOCALES } from '#cms/content.ts';
import type { Agent, Reader, Staff, StaffAction } from '#gating';
import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';

/** Pages and endpoints alike. */
type Context = Pick<AstroGlobal, 'locals' | 'cookies' | 'url' | 'request' | 'redirect'> & Partial<Pick<AstroGlobal, 'response' | 'rewrite'>>;

export const LOCALE_COOKIE = 'foyer_locale';
export const STAFF_COOKIE = 'foyer_staff';

/** A member of staff on a page of the console. */
export interface Session {
	readonly staff: Staff;
	/** The same person as leads are read by; what they see of people is on record. */
	readonly reader: Reader;
	/** The same person as they work leads. */
	readonly agent: Agent;
	may(action: StaffAction): boolean;
	/** Puts a read or an act on record. `subject` is `<kind>:<id>`. */
	note(action: string, subject: string, detail?: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Who is signed in, if they may do `read` (null: anybody who is), and `change` where a form is sent. Otherwise the answer to send instead: the
 * way to the sign-in page, or the page that says which role is needed. Call it before anything else.
 */
export async function openConsole(context: Context, read: StaffAction | null, change = read): Promise<Session | Response> {
	const { locals, url, request } = context;
	speak(context);
	context.response?.headers.set('cache-control', 'no-store');
	const { staff: door, report, work } = locals.app.gating;
	const staff = await door.session(context.cookies.get(STAFF_COOKIE)?.value);
	if (!staff) {
		const next = request.method === 'GET' && url.pathname !== '/console' ? `?next=${encodeURIComponent(url.pathname + url.search)}` : '';
		return context.redirect(`/console/sign-in${next}`, 303);
	}
	const may = (asked: StaffAction) => door.can(staff.role, asked);
	const action = request.method === 'POST' ? change : read;
	if (action !== null && !may(action)) return context.rewrite?.(`/console/forbidden?action=${action}`) ?? new Response(null, { status: 403 });
	const reader: Reader = { actor: `staff:${staff.id}`, origin: locals.network, seesPeople: may('people.read') };
	return {
		staff,
		reader,
		agent: work.agentOf(staff, reader),
		may,
		note: (done, subject, detail = {}) => report.note({ actor: reader.actor, action: done, subject, origin: reader.origin, detail }),
	};
}

/** The answer of another page of the console, also after a form's body was read, which a plain rewrite cannot follow. */
export function instead(
	{ rewrite, url, request }: Pick<AstroGlobal, 'rewrite' | 'url' | 'request'>,
	path: '/console/not-found' | `/console/forbidden?action=${StaffAction}`,
) {
	return rewrite(new Request(new URL(path, url), { headers: request.headers }));
}

/** The console speaks the language that was chosen, else the one the browser prefers: its addresses have none. */
export function speak({ locals, cookies, request }: Pick<Context, 'locals' | 'cookies' | 'request'>): void {
	const chosen = cookies.get(LOCALE_COOKIE)?.value;
	const locale = LOCALES.find((known) => known === chosen) ?? preferred(request.headers.get('accept-language') ?? '');
	locals.locale = locale;
	locals.texts = textsFor(locale);
	locals.addresses = addresses(locale);
}

/** Only a path of the console itself; anything else, such as another host, becomes the overview. */
export function safeNext(next: string | null | undefined): string {
	if (!next || !/^\/console(?:[/?]|$)/.test(next)) return '/console';
	const url = new URL(next, 'http://console.invalid');
	return url.host === 'console.invalid' && /^\/console(?:\/|$)/.test(url.pathname) ? url.pathname + url.search : '/console';
}

/** The first language of the browser's list that the console has. */
function preferred(header: string): Locale {
	const wanted = header
		.split(',')
		.map((entry) => ({ tag: entry.trim().toLowerCase(), weight: Number(/;\s*q=([\d.]+)/.exec(entry)?.[1] ?? 1) }))
		.sort((a, b) => b.weight - a.weight)
		.find(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'));
	return wanted?.tag.startsWith('zh') ? 'zh-CN' : 'en';
}
