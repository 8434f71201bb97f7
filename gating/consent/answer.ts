import type { Locale, Snapshot } from '#cms/content.ts';
import { localDay, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { arrivalOf, keepVisit } from '../channel/arrival.ts';
import { markStale } from '../event/store.ts';
import { insertBrowser } from '../identity/browser.ts';
import { consentCookie, removedCookie, type SetCookie, VISITOR_COOKIE, visitorCookie } from '../identity/cookies.ts';
import type { Visitor } from '../identity/visitor.ts';
import { append, type NewConsent } from './ledger.ts';
import { BROWSER_PURPOSES, isPurpose, needsVisitor, type Purpose } from './purpose.ts';
import { freeze, type Wording, wordingOf } from './text.ts';

export interface AnswerInput {
	/** Ticked purposes of the notice; empty refuses all. Others than analytics and personalisation are left out. */
	readonly purposes: readonly string[];
	readonly locale: Locale;
	readonly channel: string;
	/** Who answers, as identified. */
	readonly visitor: Visitor;
	/** What is known of the first page: `page` its path, `query` its query with `?`, from which channel, link and UTM values are read. */
	readonly firstTouch: Readonly<Record<string, string>>;
}

export interface WithdrawInput {
	readonly personId: string;
	readonly visitorId?: string | null;
	readonly purposes: readonly string[];
	/** `preferences`, `api`, `staff`. */
	readonly how: string;
	readonly channel: string;
}

export interface ConsentDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
	readonly origin: string;
	readonly timeZone: () => string;
}

/** Records the answer to the notice. Nothing that identifies is set or stored unless a ticked purpose needs it. */
export async function answerNotice(
	{ db, now, random, content, origin, timeZone }: ConsentDeps,
	input: AnswerInput,
): Promise<{ readonly setCookies: readonly SetCookie[] }> {
	const ticked: readonly Purpose[] = BROWSER_PURPOSES.filter((purpose) => input.purposes.includes(purpose));
	const { visitorId, personId } = input.visitor;
	const owner = input.visitor.isVerified ? personId : null;
	const answeredBy = visitorId ?? owner;
	if (!needsVisitor(ticked) && answeredBy === null) return { setCookies: [consentCookie(ticked), removedCookie(VISITOR_COOKIE)] };

	const wordings = BROWSER_PURPOSES.map((purpose) => wordingOf(content().consents, purpose, input.locale)).filter((wording) => wording !== null);
	const made = await db.write(async (tx) => {
		const at = now();
		const { query = '', ...told } = input.firstTouch;
		const touch = await arrivalOf(tx, origin, query, null);
		const firstTouch = query === '' ? told : { ...told, channel: touch.channel, ...touch.detail };
		const browser = visitorId === null && needsVisitor(ticked) ? await insertBrowser(tx, { ownerId: owner, firstTouch }, at, random) : null;
		if (browser && ticked.includes('analytics'))
			await keepVisit(tx, {
				...{ id: newId(at, random), at, localDay: localDay(at, timeZone()), subject: '', touch },
				...{ visitorId: browser.visitorId, personId: owner },
			});
		const by = { visitorId: browser?.visitorId ?? visitorId, personId: owner, channel: input.channel };
		await freeze(tx, wordings, at);
		await append(
			tx,
			BROWSER_PURPOSES.map((purpose) => answer(purpose, ticked.includes(purpose), wordings, by)),
			at,
			random,
		);
		return browser;
	});
	if (!needsVisitor(ticked)) return { setCookies: [consentCookie(ticked), removedCookie(VISITOR_COOKIE)] };
	return { setCookies: [consentCookie(ticked), ...(made ? [visitorCookie(made.secret)] : [])] };
}

/** @throws DomainError invalid for an unknown purpose or `necessary`, which holds as long as the request does. */
export async function withdrawConsent({ db, now, random }: Pick<ConsentDeps, 'db' | 'now' | 'random'>, input: WithdrawInput): Promise<void> {
	const purposes = [...new Set(input.purposes)].map((purpose) => {
		if (!isPurpose(purpose) || purpose === 'necessary') throw new DomainError('invalid', 'This purpose cannot be withdrawn.');
		return purpose;
	});
	const { personId, visitorId = null, how, channel } = input;
	await db.write(async (tx) => {
		await append(
			tx,
			purposes.map((purpose) => ({ visitorId, personId, purpose, given: false, textHash: '', how, channel })),
			now(),
			random,
		);
		await markStale(tx, [personId]);
	});
}

function answer(
	purpose: Purpose,
	given: boolean,
	wordings: readonly Wording[],
	{ visitorId, personId, channel }: Pick<NewConsent, 'visitorId' | 'personId' | 'channel'>,
): NewConsent {
	return {
		visitorId,
		personId,
		purpose,
		given,
		textHash: wordings.find((wording) => wording.purpose === purpose)?.hash ?? '',
		how: 'banner',
		channel,
	};
}
