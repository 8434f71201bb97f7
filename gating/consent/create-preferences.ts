import type { Locale, Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { normaliseMail } from '../cleaning/mail.ts';
import { contactOf, livingPerson, personByMail } from '../identity/person.ts';
import { maskMail } from '../privacy/mask.ts';
import { changeChoices, type ChangeInput, type Choice, choicesOf } from './choices.ts';
import { readOwnLink, readStopLink, type StopOrder } from './link.ts';
import { orderOwnLink, type OwnLinkKind } from './own-mail.ts';
import type { Purpose } from './purpose.ts';

/** Who a link to one's own preferences opened for. */
export type OpenedOwn =
	| { readonly status: 'open'; readonly personId: string; readonly isProved: boolean }
	/** Offer to mail a new one. */
	| { readonly status: 'expired' }
	/** Forged, or the person was erased. */
	| { readonly status: 'unknown' };

/** What a person agreed to, and the ways to their own page: for the signed link in mails and for browsers with a pass. */
export interface Preferences {
	/** Changes nothing, however often scanners fetch it. */
	open(token: string): Promise<OpenedOwn>;
	/** The mail address with most of it hidden, so that the page says whose it is and a forwarded link tells little; null when erased. */
	maskedMail(personId: string): Promise<string | null>;
	choices(personId: string, locale: Locale): Promise<readonly Choice[]>;
	change(input: ChangeInput): Promise<readonly Purpose[]>;
	/** Mails the person a link to their own page. */
	mailLink(personId: string, kind: OwnLinkKind, locale: Locale): Promise<void>;
	/** The same to whoever has this address, if anybody does; it is not told which. */
	mailLinkTo(email: string, locale: Locale): Promise<void>;
	/** What a one-click link ends; null for one that is none. Changes nothing. */
	peekStop(token: string): Promise<StopOrder | null>;
	/** Ends it at once. */
	stop(token: string): Promise<StopOrder | null>;
}

export interface PreferencesDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
}

export function createPreferences(deps: PreferencesDeps): Preferences {
	const { db, keys, now, random, content } = deps;
	const peekStop = async (token: string): Promise<StopOrder | null> => {
		const order = readStopLink(deps, token);
		return order && (await livingPerson(db.read, order.personId)) ? order : null;
	};
	const mailLink: Preferences['mailLink'] = (personId, kind, locale) => db.write((tx) => orderOwnLink(tx, { personId, kind, locale }, now(), random));

	return Object.freeze<Preferences>({
		open: async (token) => {
			const read = readOwnLink(deps, token);
			if (read.status === 'expired') return { status: 'expired' };
			if (read.status === 'invalid' || !(await livingPerson(db.read, read.personId))) return { status: 'unknown' };
			return { status: 'open', personId: read.personId, isProved: read.isProved };
		},
		maskedMail: async (personId) => {
			const row = await livingPerson(db.read, personId);
			return row && maskMail(contactOf(keys, row).email);
		},
		choices: (personId, locale) => choicesOf(db.read, content(), personId, locale),
		change: (input) => changeChoices(deps, input),
		mailLink,
		mailLinkTo: async (typed, locale) => {
			const row = await personByMail(db.read, keys, normaliseMail(typed));
			if (row) await mailLink(row.id, 'link', locale);
		},
		peekStop,
		stop: async (token) => {
			const order = await peekStop(token);
			if (!order) return null;
			const { personId, purpose } = order;
			await changeChoices(deps, { personId, visitorId: null, offered: [purpose], chosen: [], how: 'one-click', locale: 'en' });
			return order;
		},
	});
}
