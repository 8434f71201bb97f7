import { inArray } from 'drizzle-orm';

import type { ConsentText, Locale, Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { textsFor } from '#kernel/texts/index.ts';
import type { Texts } from '#kernel/texts/texts.ts';

import { markStale } from '../event/store.ts';
import { consentText } from '../schema.ts';
import { append, consentStates, type NewConsent } from './ledger.ts';
import { isPurpose, PURPOSES, type Purpose, UNLESS_OBJECTED } from './purpose.ts';
import { freeze, type Wording, wordingOf } from './text.ts';

/** One purpose as the person sees it among their own. */
export interface Choice {
	readonly purpose: Purpose;
	/** Whether it holds now. */
	readonly isHeld: boolean;
	/** `standing`: it holds without having been asked, until they object. */
	readonly state: 'given' | 'ended' | 'standing' | 'never';
	/** When they last answered; null when never. */
	readonly at: Date | null;
	/** `banner`, `form:<key>`, `preferences`, …; '' when never. */
	readonly how: string;
	readonly title: string;
	/** The words they agreed to, frozen; else the words of today. */
	readonly text: string;
	/** The words of today, where they are others than those agreed to; else null. */
	readonly newText: string | null;
}

/** Everything a person may agree to, object to or end, in the order of {@link PURPOSES}; what holds in any case is left out. */
export async function choicesOf(handle: Handle, content: Snapshot, personId: string, locale: Locale): Promise<Choice[]> {
	const states = new Map((await consentStates(handle, personId)).map((state) => [state.purpose, state]));
	const hashes = [...states.values()].map(({ textHash }) => textHash).filter((hash) => hash !== '');
	const frozen = hashes.length === 0 ? [] : await handle.select().from(consentText).where(inArray(consentText.hash, hashes));
	return PURPOSES.filter((purpose) => purpose !== 'necessary').flatMap((purpose) => {
		const today = presentWording(content.consents, purpose, locale);
		const state = states.get(purpose);
		const agreed = state?.given ? frozen.find(({ hash }) => hash === state.textHash) : undefined;
		const shown = agreed ?? today;
		if (!shown) return [];
		const isStanding = state === undefined && (UNLESS_OBJECTED as readonly Purpose[]).includes(purpose);
		const isChanged = agreed !== undefined && today !== null && agreed.locale === locale && agreed.text !== today.text;
		return [
			{
				purpose,
				isHeld: state?.given ?? isStanding,
				state: state === undefined ? (isStanding ? 'standing' : 'never') : state.given ? 'given' : 'ended',
				at: state?.at ?? null,
				how: state?.how ?? '',
				title: shown.title,
				text: shown.text,
				newText: isChanged ? today.text : null,
			} satisfies Choice,
		];
	});
}

export interface ChangeInput {
	readonly personId: string;
	/** The browser it is done in, when that is the person's own. */
	readonly visitorId: string | null;
	/** What stood to choose, and what of it shall hold from now on. Unknown purposes are left out. */
	readonly offered: readonly string[];
	readonly chosen: readonly string[];
	/** `preferences`, `link`, `one-click`. */
	readonly how: string;
	readonly locale: Locale;
}

/** Records what differs from what holds: agreements with the words of today, endings without. Returns the purposes that changed. */
export async function changeChoices(
	{ db, now, random, content }: { readonly db: Database; readonly now: Now; readonly random: Random; readonly content: () => Snapshot },
	{ personId, visitorId, offered, chosen, how, locale }: ChangeInput,
): Promise<readonly Purpose[]> {
	const { consents } = content();
	return db.write(async (tx) => {
		const held = new Map((await choicesOf(tx, content(), personId, locale)).map((choice) => [choice.purpose, choice.isHeld]));
		const changed = offered.filter(isPurpose).filter((purpose) => held.has(purpose) && held.get(purpose) !== chosen.includes(purpose));
		const at = now();
		const wordings = changed
			.filter((purpose) => chosen.includes(purpose))
			.map((purpose) => presentWording(consents, purpose, locale))
			.filter((wording) => wording !== null);
		await freeze(tx, wordings, at);
		const answers = changed.map((purpose): NewConsent => {
			const given = chosen.includes(purpose);
			const textHash = wordings.find((wording) => given && wording.purpose === purpose)?.hash ?? '';
			return { visitorId, personId, purpose, given, textHash, how, channel: 'direct' };
		});
		await append(tx, answers, at, random);
		if (changed.length > 0) await markStale(tx, [personId]);
		return changed;
	});
}

/** The words of today: the editors', or for what needs no question the product's own. */
export function presentWording(consents: readonly ConsentText[], purpose: Purpose, locale: Locale): Wording | null {
	return wordingOf([...consents, ...OWN_WORDS], purpose, locale);
}

const OWN_WORDS: readonly ConsentText[] = [
	{ id: 'reminders', purpose: 'reminders', ...inBoth(({ privacy }) => privacy.reminders) },
	{ id: 'following', purpose: 'following', ...inBoth(({ aftermath }) => aftermath.follow.purpose) },
];

function inBoth(of: (texts: Texts) => { readonly title: string; readonly text: string }): Pick<ConsentText, 'title' | 'text'> {
	const [en, zh] = [of(textsFor('en')), of(textsFor('zh-CN'))];
	return { title: { en: en.title, 'zh-CN': zh.title }, text: { en: en.text, 'zh-CN': zh.text } };
}
