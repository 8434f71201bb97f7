import type { Asset } from './content-item.ts';
import type { LocalisedText } from './locale.ts';

export type TermKind = 'industry' | 'topic' | 'role' | 'product-line' | 'series';

export interface Term {
	readonly id: string;
	readonly kind: TermKind;
	readonly slug: string;
	readonly name: LocalisedText;
	readonly summary: LocalisedText;
	/** A cover of its own, for a series. */
	readonly cover: Asset | null;
}

/** `channel` is never shown: the hub itself fills in where the visit came from. */
export const FIELD_KINDS = ['text', 'mail', 'company', 'job-title', 'phone', 'select', 'multi', 'checkbox', 'free-text', 'channel'] as const;

export const RULE_EFFECTS = ['show', 'require'] as const;

/** Ties a field to the answer to another one of the same form. */
export interface FieldRule {
	/** `show`: it belongs to the form only while the other answer fits. `require`: it must be filled in while the other answer fits. */
	readonly effect: (typeof RULE_EFFECTS)[number];
	/** Name of the other field. */
	readonly field: string;
	/** Answers that fit; none: any answer does. */
	readonly values: readonly string[];
}

export interface FormField {
	/** `name`, `email`, `company`, `jobTitle`, `phone`, `region`, `industry`, `message` or an editor's own. */
	readonly name: string;
	readonly kind: (typeof FIELD_KINDS)[number];
	readonly isRequired: boolean;
	readonly label: LocalisedText;
	readonly help: LocalisedText;
	readonly autocomplete: string;
	readonly options: readonly { readonly value: string; readonly label: LocalisedText }[];
	/** Null: it is asked whatever else is answered. */
	readonly rule: FieldRule | null;
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
	/** What to do with addresses of free mail; `refuse` takes disposable ones neither. */
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
	readonly picture: Asset | null;
	/** See {@link Audience}. Empty: everybody, also whoever no other banner of the place is for. */
	readonly audience: Audience;
}

/**
 * Whom a variant is for, as words of which one must fit: slugs of industries and roles, `awareness`, `consideration`, `decision`,
 * `country:DE`, `segment:<name>`.
 */
export type Audience = readonly string[];

export interface Slot {
	readonly id: string;
	readonly slug: string;
	/** For editors and reports. */
	readonly name: LocalisedText;
	/** `<type>/<slug>` references, with the type of {@link CONTENT_TYPES}; all of them published. */
	readonly pins: readonly string[];
	readonly exclusions: readonly string[];
	readonly fallback: readonly string[];
	readonly types: readonly string[];
	readonly topics: readonly string[];
	/** How often one visitor sees a piece here within so many days; null: without limit. */
	readonly cap: { readonly impressions: number; readonly days: number } | null;
	/** What a piece's stage does: nothing, it lifts what fits, or only what fits is shown. */
	readonly stageRule: (typeof STAGE_RULES)[number];
}

export const STAGE_RULES = ['off', 'prefer', 'only'] as const;

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
	readonly street: string;
	readonly postcode: string;
	readonly city: LocalisedText;
	/** Canton, state or province. */
	readonly region: LocalisedText;
	/** Two capital letters, ISO 3166-1. */
	readonly country: string;
	readonly phone: string;
	readonly email: string;
	/** With `https://`; '' where there is none. */
	readonly website: string;
	/** Languages in which they answer, BCP 47: `de`, `en`, `zh-CN`. */
	readonly languages: readonly string[];
	readonly latitude: number;
	readonly longitude: number;
	/** Category slugs it sells. */
	readonly categories: readonly string[];
	/** Product slugs it keeps in stock or demonstrates. */
	readonly products: readonly string[];
}

export const OFFER_KINDS = ['trial', 'test-unit', 'course', 'summit-seat', 'rebate', 'gift'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

export interface Offer {
	readonly id: string;
	readonly slug: string;
	readonly kind: OfferKind;
	readonly title: LocalisedText;
	readonly summary: LocalisedText;
	readonly terms: LocalisedText;
	/** Until when it may be claimed; null: until it goes offline. */
	readonly validUntil: Date | null;
	readonly products: readonly string[];
	/** Never leaves the server but to the one person who claims. `stock`: how often the code may be given, 0 or more. */
	readonly coupons: readonly { readonly code: string; readonly stock: number }[];
	/** Slugs of the only dealers that redeem it; none: every dealer. */
	readonly dealers: readonly string[];
	readonly picture: Asset | null;
}

export interface SiteSettings {
	readonly brand: string;
	/** The company as the register has it. */
	readonly legalName: string;
	readonly foundedYear: number | null;
	readonly logo: Asset | null;
	/** Addresses of its profiles elsewhere, with `https://`. */
	readonly socialLinks: readonly string[];
	readonly tagline: LocalisedText;
	/** The company's zone, for days, SLA hours and reports. */
	readonly timeZone: string;
	readonly homeTitle: LocalisedText;
	readonly homeLead: LocalisedText;
	readonly contactEmail: string;
	readonly phone: string;
	readonly address: LocalisedText;
	readonly competitorDomains: readonly string[];
	/** Companies that forms may suggest to anybody. */
	readonly knownCompanies: readonly string[];
	readonly recipientAbroad: LocalisedText;
}
