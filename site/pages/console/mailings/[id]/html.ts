import type { APIRoute } from 'astro';

import { openConsole } from '../../../../components/console/open.ts';

/** A mail brings its own styles and nothing else. */
const POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The mail of a mailing as somebody would get it, for the frames on its page. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'reports.read');
	if (session instanceof Response) return session;
	const asked = context.url.searchParams;
	const mail = await context.locals.app.gating.mailings.preview(
		{ mailingId: context.params['id'] ?? '', variant: asked.get('variant') === 'b' ? 'b' : 'a' },
		{ leadId: (asked.get('lead') ?? '').slice(0, 64), locale: asked.get('language') === 'zh-CN' ? 'zh-CN' : 'en' },
		session.reader,
	);
	if (!mail) return new Response(null, { status: 404 });
	return new Response(mail.html.replace('<head>', '<head><base target="_blank">'), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': POLICY,
			'referrer-policy': 'no-referrer',
			'cache-control': 'no-store',
		},
	});
};
