import { eq } from 'drizzle-orm';

import type { CheckedLink, LinkUse, SetCookie } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { replayPass } from '../schema.ts';

/** A mailed link works so long; the replay itself ends by its own terms. */
const LINK_DAYS = 30;

/** What a mailed link opens, and how: its button asks for the address in another browser than the one that is known. */
export type PeekedReplay =
	{ readonly status: 'ready'; readonly slug: string; readonly asksAddress: boolean } | { readonly status: 'expired' | 'unknown' };

export type OpenedReplay =
	| { readonly status: 'opened'; readonly slug: string; readonly setCookies: readonly SetCookie[] }
	| { readonly status: 'expired' | 'unknown' }
	| Extract<CheckedLink, { readonly status: 'check' }>;

export function replayToken(keys: Keys, passId: string, now: Date): string {
	return signToken(keys, 'replay', passId, new Date(now.getTime() + LINK_DAYS * DAY_MS));
}

/** Links of mails to a replay. Looking changes nothing, since scanners look; the button proves the mail. */
export function createReplayLink({ db, keys, now, gating }: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'gating'>) {
	const find = async (token: string) => {
		const read = readToken(keys, 'replay', token, now());
		if (read.status !== 'valid') return read.status === 'expired' ? 'expired' : 'unknown';
		const [pass] = await db.read.select().from(replayPass).where(eq(replayPass.id, read.subject));
		const occurrence = pass && (await occurrenceById(db.read, pass.occurrenceId));
		return pass && occurrence && (await gating.people.contact(pass.personId)) ? { pass, occurrence } : 'unknown';
	};
	type Found = Exclude<Awaited<ReturnType<typeof find>>, string>;
	const check = ({ pass, occurrence }: Found, use: LinkUse): Promise<CheckedLink> =>
		gating.access.checkLink({ link: pass.id, personId: pass.personId, subject: subjectOf(occurrence.webinarId) }, use);

	return {
		peekLink: async (token: string, visitor: LinkUse['visitor']): Promise<PeekedReplay> => {
			const found = await find(token);
			if (found === 'expired' || found === 'unknown') return { status: found };
			const checked = await check(found, { visitor, email: null, network: null });
			return { status: 'ready', slug: found.occurrence.slug, asksAddress: checked.status !== 'here' };
		},
		openLink: async (token: string, use: LinkUse): Promise<OpenedReplay> => {
			const found = await find(token);
			if (found === 'expired' || found === 'unknown') return { status: found };
			const checked = await check(found, use);
			if (checked.status === 'check') return checked;
			const how = checked.status === 'here' ? 'link' : 'elsewhere';
			return db.write(async (tx): Promise<OpenedReplay> => {
				const { personId } = found.pass;
				const act = await gating.people.verifiedAct(tx, { personId, covers: checked.covers, visitor: use.visitor, how });
				return act.status === 'gone' ? { status: 'unknown' } : { status: 'opened', slug: found.occurrence.slug, setCookies: act.setCookies };
			});
		},
	};
}
