import { eq } from 'drizzle-orm';

import { inLocale } from '#cms/content.ts';
import { helloOf, mailHtml, mailText } from '#gating';
import type { Handle } from '#kernel/database.ts';
import { enqueue, type OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { webinarById, type WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { replayPass } from '../schema.ts';
import { replayDays } from '../aftermath/replay-days.ts';
import { standingOf } from './expiry.ts';
import { termsOf } from './find.ts';
import { replayToken } from './link.ts';

export const REPLAY_MAIL = 'replay-mail';

/** `reminders`: to who had a seat; `marketing.email`: to who had none and agreed to be written to; `necessary`: an answer to what they asked. */
export type ReplayPurpose = 'reminders' | 'marketing.email' | 'necessary';

interface Order {
	readonly passId: string;
	readonly purpose: ReplayPurpose;
}

/** Mails the link to a replay. `once` sets repeats apart: the same value sends nothing twice. */
export function orderReplayMail(
	tx: Handle,
	pass: { readonly id: string; readonly personId: string },
	purpose: ReplayPurpose,
	once: string,
	{ now, random }: Pick<WebinarsDeps, 'now' | 'random'>,
): Promise<boolean> {
	const payload: Order = { passId: pass.id, purpose };
	const order = { kind: REPLAY_MAIL, key: `${REPLAY_MAIL}:${pass.id}:${once}`, payload: { ...payload }, personId: pass.personId, dueAt: now() };
	return enqueue(tx, order, now(), random);
}

/** Puts the mail together when it goes; one that no longer opens anything is dropped. */
export function createReplayMail({
	db,
	keys,
	now,
	content,
	gating,
	origin,
}: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'content' | 'gating' | 'origin'>): OutboxHandler {
	return async ({ id, payload }) => {
		const { passId, purpose } = payload as unknown as Order;
		const [pass] = await db.read.select().from(replayPass).where(eq(replayPass.id, passId));
		const occurrence = pass && (await occurrenceById(db.read, pass.occurrenceId));
		const contact = pass && (await gating.people.contact(pass.personId));
		if (!pass || !occurrence || !contact) return;
		const webinar = webinarById(content(), occurrence.webinarId);
		const earned = webinar ? await replayDays(db.read, webinar, occurrence, pass.personId) : 0;
		const standing = standingOf(await termsOf(db.read, occurrence), pass, now(), earned);
		if (standing.status !== 'open') return;
		const { locale, timeZone } = contact;
		const { replay: words, mail: common } = textsFor(locale);
		const { brand } = content().site;
		const until = standing.until;
		const moment = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
		const values = { title: inLocale(occurrence.title, locale), brand, until: until ? moment.format(until) : '' };
		const url = `${origin}${addresses(locale).replayLink(occurrence.slug, replayToken(keys, pass.id, now()))}`;
		return gating.messages.deliver({
			personId: pass.personId,
			purpose,
			locale,
			compose: (preferences) => {
				const parts = {
					locale,
					brand,
					hello: helloOf(contact, locale),
					paragraphs: [fill(words.mail.text, values), until ? fill(words.mail.until, values) : words.mail.fromFirstPlay],
					facts: [],
					button: { label: words.mail.button, url, hint: common.linkHint },
					links: [],
					notes: [words.mail.personal],
					regards: common.regards,
					foot: [fill(purpose === 'marketing.email' ? words.mail.reasonChosen : words.mail.reason, { site: new URL(origin).host })],
					preferences,
				};
				return {
					to: contact.email,
					subject: fill(words.mail.subject, values),
					text: mailText(parts),
					html: mailHtml(parts),
					messageId: `<${id}@${new URL(origin).hostname}>`,
					headers: { 'Auto-Submitted': 'auto-generated' },
				};
			},
		});
	};
}
