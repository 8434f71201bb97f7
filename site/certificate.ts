import { inLocale, type Locale } from '#cms/content.ts';
import type { CertificateText } from '#cms';
import { fill } from '#kernel/texts/index.ts';
import type { Texts } from '#kernel/texts/texts.ts';
import type { Certificate } from '#webinar';

const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

/** `3 March 2026`, in the zone given. */
export function longDay(instant: Date, locale: Locale, timeZone: string): string {
	return new Intl.DateTimeFormat(INTL[locale], { dateStyle: 'long', timeZone }).format(instant);
}

interface Surroundings {
	readonly locale: Locale;
	readonly texts: Texts;
	readonly brand: string;
	/** The company's. */
	readonly timeZone: string;
	/** Where certificates are checked. */
	readonly url: string;
}

/** The words of a certificate in one language. */
export function certificateText(certificate: Certificate, { locale, texts, brand, timeZone, url }: Surroundings): CertificateText {
	const words = texts.aftermath.certificate;
	const { name, title, heldAt, minutes, issuedAt, code, timeZone: eventZone } = certificate;
	return {
		...{ locale, brand, name },
		title: words.title,
		says: words.says,
		webinar: inLocale(title, locale),
		facts: [heldAt ? fill(words.held, { date: longDay(heldAt, locale, eventZone) }) : words.recording, fill(words.minutes, { minutes })],
		issued: fill(words.issued, { date: longDay(issuedAt, locale, timeZone), brand }),
		verify: fill(words.verify, { url }),
		code: `${words.code} ${code}`,
	};
}
