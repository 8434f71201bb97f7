import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';

/** Key of the form by which strangers follow a series or a speaker. */
export const FOLLOW_KEY = 'follow';

const SUBJECT = /^(series|speaker):(.+)$/;

/** True for `series:<slug>` and `speaker:<slug>`: what opens nothing, and is the person's only once their mail said yes. */
export const isFollowed = (subject: string): boolean => SUBJECT.test(subject);

/** The name of what is followed; null for what is not published. */
export function followedName({ terms, speakers }: Pick<Snapshot, 'terms' | 'speakers'>, subject: string, locale: Locale): string | null {
	const [, kind, slug] = SUBJECT.exec(subject) ?? [];
	const found =
		kind === 'series'
			? terms.find((term) => term.kind === 'series' && term.slug === slug)
			: kind === 'speaker'
				? speakers.find((speaker) => speaker.slug === slug)
				: undefined;
	return found ? inLocale(found.name, locale) : null;
}
