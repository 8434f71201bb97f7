import type { SiteSettings } from '#cms/content.ts';
import { fill } from '#kernel/texts/index.ts';

/** How to reach the company, in words: its mail address, with the phone number where there is one. */
export function contactWords({ contactEmail, phone }: Pick<SiteSettings, 'contactEmail' | 'phone'>, both: string): string {
	return phone === '' ? contactEmail : fill(both, { mail: contactEmail, phone });
}
