import type { AstroGlobal } from 'astro';

import { withReadableConsent } from './consent-cookie.ts';

type Context = Pick<AstroGlobal, 'locals'>;

/** Whose page it is, and how they came. */
export interface Owner {
	readonly personId: string;
	/** The link was mailed within the hour: data may be handed out and erased. */
	readonly isProved: boolean;
	/** This browser, where it is the person's own by its pass; else null. */
	readonly visitorId: string | null;
	/** `preferences` in the browser, `link` by mail. */
	readonly how: 'preferences' | 'link';
}

/** What was done, for the message on the page. */
export type OwnDone = 'choices' | 'asked' | 'ended' | 'unfollowed' | 'erased';

/** Does what one of the forms of the page asks for; null when the form is none of them. A file is answered as it is. */
export async function workOwnPage({ locals }: Context, owner: Owner, data: FormData): Promise<OwnDone | Response | null> {
	const { app, locale } = locals;
	const { preferences } = app.gating;
	const { personId, isProved, visitorId, how } = owner;
	switch (data.get('action')) {
		case 'choices': {
			const [offered, chosen] = [data.getAll('offered[]').map(String), data.getAll('purposes').map(String)];
			await preferences.change({ personId, visitorId, offered, chosen, how, locale });
			return 'choices';
		}
		case 'unfollow':
			await app.webinars.library.stop(personId, String(data.get('subject') ?? '').slice(0, 200));
			return 'unfollowed';
		case 'proof':
			await preferences.mailLink(personId, 'proof', locale);
			return 'asked';
		case 'end-pass': {
			const ended = await app.gating.access.revokePass(personId, String(data.get('pass') ?? ''), {
				actor: `person:${personId}`,
				origin: locals.network,
			});
			return ended ? 'ended' : null;
		}
		case 'json':
			return isProved ? ownFile(locals, personId, 'json') : null;
		case 'html':
			return isProved ? ownFile(locals, personId, 'html') : null;
		case 'erase':
			return isProved && data.get('sure') === 'yes' ? erase(locals, personId) : null;
		default:
			return null;
	}
}

async function ownFile({ app, locale, texts }: AstroGlobal['locals'], personId: string, kind: 'json' | 'html'): Promise<Response> {
	const actor = `person:${personId}`;
	const { privacy } = app.gating;
	const body = kind === 'json' ? JSON.stringify(await privacy.export(personId, actor), null, '\t') : await privacy.readable(personId, actor, locale);
	return new Response(body, {
		headers: {
			'content-type': kind === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
			'content-disposition': `attachment; filename="${texts.privacy.data.file}.${kind}"`,
			'cache-control': 'private, no-store',
		},
	});
}

/** Forgets the person, and that this browser was theirs. */
async function erase({ app, visitor, visitorCookies, setCookies }: AstroGlobal['locals'], personId: string): Promise<OwnDone> {
	if (visitor.personId === personId) setCookies(withReadableConsent((await app.gating.visitors.signOut(visitorCookies)).setCookies));
	await app.gating.privacy.erase(personId, `person:${personId}`);
	return 'erased';
}
