import type { APIRoute } from 'astro';

import { openConsole } from '../../../../components/console/open.ts';

/** A mail brings its own styles and nothing else: no scripts, no forms, no pictures from elsewhere, no origin of ours. */
const POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The HTML of one kept mail, for the frame on its page; its links open beside the console. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'mailbox.read');
	if (session instanceof Response) return session;
	const kept = await context.locals.app.gating.report.mail(context.params['id'] ?? '');
	if (!kept?.mail) return new Response(null, { status: 404 });
	// The frame's page has noted the reading; whoever opens the frame's address by itself reads too.
	if (context.request.headers.get('sec-fetch-dest') !== 'iframe') await session.note('mailbox.read', `mail:${kept.id}`);
	const shown = (kept.mail.attachments ?? []).reduce(
		(html, { cid, mediaType, content }) => (cid === undefined ? html : html.replaceAll(`"cid:${cid}"`, `"data:${mediaType};base64,${content}"`)),
		kept.mail.html,
	);
	const html = shown.replace(/<head>|^/i, (found) => `${found}<base target="_blank">`);
	return new Response(html, {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': POLICY,
			'referrer-policy': 'no-referrer',
			'cache-control': 'no-store',
		},
	});
};
