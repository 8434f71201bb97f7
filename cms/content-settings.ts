import type { LocalisedText } from './locale.ts';

export type TermKind = 'industry' | 'topic' | 'role' | 'product-line' | 'series';

export interface Term {
	readonly id: string;
	readonly kind: TermKind;
	readonly slug: string;
	readonly name: LocalisedText;
	readonly summary: LocalisedText;
}

export const FIELD_KINDS = ['text', 'mail', 'company', 'job-title', 'phone', 'select', 'multi', 'checkbox', 'free-text'] as const;

export interface FormField {
	/** `name`, `email`, `company`, `jobTitle`, `phone`, `region`, `industry`, `message` or an editor's own. */
	readonly name: string;
	readonly kind: (typeof FIELD_KINDS)[number];
	readonly isRequired: boolean;
	readonly label: LocalisedText;
	readonly help: LocalisedText;
	readonly autocomplete: string;
	readonly options: readonly { readonly value: string; readonly label: LocalisedText }[];
}

export interface Form {
	readonly id: string;
	readonly key: string;
	readonly title: LocalisedText;
	readonly intro: LocalisedText;
	readonly submit: LocalisedText;
	readonly fields: readonly FormField[];
	/** Purposes offered as separate, unticked choices. */
	readonly consents: readonly string[];
	/** What to do with free-mail addresses. */
	readonly mailRule: 'allow' | 'ask' | 'refuse';
}

export interface ConsentText {
	readonly id: string;
	readonly purpose: string;
	readonly title: LocalisedText;
	readonly text: LocalisedText;
}

export interface Banner {
	readonly id: string;
	readonly slug: string;
	readonly text: LocalisedText;
	readonly link: string;
	readonly placement: string;
}

export interface Slot {
	readonly id: string;
	readonly slug: string;
	/** `<type>/<slug>` references, with the type of {@link CONTENT_TYPES}; all of them published. */
	readonly pins: readonly string[];
	readonly exclusions: readonly string[];
	readonly fallback: readonly string[];
	readonly types: readonly string[];
	readonly topics: readonly string[];
}

export interface SearchRule {
	readonly id: string;
	readonly slug: string;
	readonly kind: 'synonym' | 'stop-word' | 'pin' | 'redirect';
	readonly terms: readonly string[];
	readonly target: string | null;
}

export interface Dealer {
	readonly id: string;
	readonly slug: string;
	readonly name: LocalisedText;
	readonly city: LocalisedText;
	readonly country: string;
	readonly phone: string;
	readonly email: string;
	readonly latitude: number;
	readonly longitude: number;
	/** Category slugs it sells. */
	readonly categories: readonly string[];
}

export interface Offer {
	readonly id: string;
	readonly slug: string;
	readonly kind: string;
	readonly title: LocalisedText;
	readonly summary: LocalisedText;
	readonly products: readonly string[];
}

export interface SiteSettings {
	readonly brand: string;
	readonly tagline: LocalisedText;
	/** The company's zone, for days, SLA hours and reports. */
	readonly timeZone: string;
	readonly homeTitle: LocalisedText;
	readonly homeLead: LocalisedText;
	readonly contactEmail: string;
	readonly phone: string;
	readonly address: LocalisedText;
	readonly competitorDomains: readonly string[];
	readonly recipientAbroad: LocalisedText;
}
