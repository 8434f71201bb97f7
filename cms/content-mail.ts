import type { Audience } from './content-settings.ts';
import type { Asset } from './content-item.ts';
import type { Locale, LocalisedText } from './locale.ts';

/** What the words of a mail may name as `{{person.name}}`, or with words for when it is not known: `{{person.company|your plant}}`. */
export const MAIL_FIELDS = ['person.name', 'person.company', 'brand', 'phone', 'topic', 'owner.name', 'webinar.title', 'webinar.date'] as const;
export type MailField = (typeof MAIL_FIELDS)[number];

/** What the link of a button may be, beside an address. */
export const MAIL_LINKS = ['webinar.url', 'topic.url', 'preferences.url'] as const;
export type MailLinkField = (typeof MAIL_LINKS)[number];

export type MailBlock = { readonly audience: Audience } & (
	| { readonly kind: 'text'; readonly title: LocalisedText; readonly body: LocalisedText }
	/** `title` says what it shows; `link` may be ''. */
	| { readonly kind: 'picture'; readonly title: LocalisedText; readonly picture: Asset; readonly link: string }
	| { readonly kind: 'button'; readonly label: LocalisedText; readonly link: string }
	/** The best pieces of a slot for who gets it. */
	| { readonly kind: 'pick'; readonly title: LocalisedText; readonly slot: string; readonly count: number }
);

/** Why a template cannot be sent. `detail` names the field and what stands in it. */
export interface MailFault {
	readonly code: 'mail-field' | 'mail-script' | 'mail-empty';
	readonly detail: string;
}

export interface MailTemplate {
	readonly id: string;
	/** What mailings and journeys name it by. */
	readonly key: string;
	readonly name: LocalisedText;
	/** Languages it is written in; the others get the first. */
	readonly languages: readonly Locale[];
	readonly subject: LocalisedText;
	/** What mail programs show beside the subject. */
	readonly preheader: LocalisedText;
	readonly blocks: readonly MailBlock[];
	/** Empty: it may be sent. */
	readonly faults: readonly MailFault[];
}

const FIELD = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g;

/** What a text names between braces that is none of `known`, and braces that are never closed. */
export function unknownFields(text: string, known: readonly string[] = MAIL_FIELDS): readonly string[] {
	const unknown = [...text.matchAll(FIELD)].flatMap(([whole, name = '']) => (known.includes(name) ? [] : [whole.slice(0, 60)]));
	const rest = text.replaceAll(FIELD, '');
	const open = /\{\{|\}\}|<%|\$\{/.exec(rest);
	return open ? [...unknown, rest.slice(open.index, open.index + 30)] : unknown;
}

/** The text with its fields filled in: the value, else the words of the template, else those of `fallbacks`. */
export function fillFields(
	text: string,
	values: Readonly<Partial<Record<string, string>>>,
	fallbacks: Readonly<Partial<Record<string, string>>>,
): string {
	return text.replaceAll(FIELD, (_whole, name: string, words?: string) => values[name] || words?.trim() || fallbacks[name] || '');
}
