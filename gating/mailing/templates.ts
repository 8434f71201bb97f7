import { inLocale, type Locale, type LocalisedText, type MailTemplate, type Snapshot } from '#cms/content.ts';
import type { Dropped } from '#kernel/outbox.ts';
import { signToken } from '#kernel/signed-token.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { eq } from 'drizzle-orm';

import { helloOf, isPlainName, type MailLink } from '../access/mail-layout.ts';
import { preferencesLink, stopLink } from '../consent/link.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import type { Contact } from '../identity/profile.ts';
import type { ComposedMessage, OutgoingMessage } from '../message/message.ts';
import type { Profiles } from '../profile/create-profiles.ts';
import { itemsOf } from '../profile/terms.ts';
import { lead, staffMember } from '../schema.ts';
import type { TagsDeps } from '../tag/context.ts';
import { type MailContext, type RenderedMail, renderTemplate } from './template.ts';

/** A template, and what its fields speak of beside the reader. */
export interface TemplateUse {
	/** Its key in the CMS. */
	readonly template: string;
	/** `<type>:<id>` of what they came for: its first topic is the topic; left out: what they are most interested in. */
	readonly about?: string | undefined;
	/** Content id of the webinar, and when its session was. */
	readonly webinar?: string | undefined;
	readonly startsAt?: Date | undefined;
	/** Instead of the template's, where it says something. */
	readonly subject?: LocalisedText | undefined;
}

/** Mail templates of the CMS, written for one reader. */
export interface Templates {
	/** By name. */
	list(): readonly MailTemplate[];
	byKey(key: string): MailTemplate | null;
	/** The words of a message at its delivery; links in it tell of clicks. */
	compose(message: Pick<OutgoingMessage, 'id' | 'personId'>, use: TemplateUse): Promise<ComposedMessage | Dropped>;
	/** What a person would get, or somebody of whom nothing is known. Links tell nothing. Null when the template cannot be sent. */
	preview(use: TemplateUse, personId: string | null, locale: Locale | null): Promise<RenderedMail | null>;
}

export interface TemplatesDeps extends TagsDeps {
	readonly origin: string;
	readonly profiles: Pick<Profiles, 'ofPerson'>;
}

export function createTemplates(deps: TemplatesDeps): Templates {
	const { db, keys, now, content, origin } = deps;
	const byKey: Templates['byKey'] = (key) => content().mailTemplates.find((one) => one.key === key) ?? null;

	const contextOf = async (
		use: TemplateUse,
		contact: Contact | null,
		locale: Locale,
		foot: readonly MailLink[],
	): Promise<Omit<MailContext, 'track'>> => {
		const snapshot = content();
		const profile = contact && (await deps.profiles.ofPerson(contact.personId));
		const topic = topicOf(use, profile?.interests ?? new Map(), snapshot);
		const webinar = snapshot.webinars.find(({ id }) => id === use.webinar);
		const startsAt = use.startsAt ?? webinar?.startsAt ?? null;
		const paths = addresses(locale);
		return {
			...{ locale, origin, content: snapshot, profile, now: now(), foot },
			hello: helloOf({ name: contact?.name }, locale),
			values: {
				'person.name': plain(contact?.name),
				'person.company': plain(contact?.company),
				phone: snapshot.site.phone,
				topic: topic ? inLocale(topic.name, locale) : '',
				'owner.name': contact ? await ownerOf(contact.leadId) : '',
				'webinar.title': webinar ? inLocale(webinar.title, locale) : '',
				'webinar.date': startsAt ? dayIn(startsAt, locale, contact?.timeZone ?? snapshot.site.timeZone) : '',
			},
			links: {
				'webinar.url': webinar ? paths.afterwards(webinar.slug) : paths.webinars,
				'topic.url': `${paths.library}${topic ? `?topic=${topic.slug}` : ''}`,
				'preferences.url': contact ? preferencesLink(deps, contact.personId, locale) : origin + paths.preferences,
			},
		};
	};
	const ownerOf = async (leadId: string): Promise<string> => {
		const [row] = await db.read
			.select({ name: staffMember.name })
			.from(lead)
			.innerJoin(staffMember, eq(staffMember.id, lead.owner))
			.where(eq(lead.id, leadId));
		return row?.name ?? '';
	};
	const templateOf = (use: TemplateUse): MailTemplate | null => {
		const found = byKey(use.template);
		if (!found || found.faults.length > 0) return null;
		const { subject = { en: '', 'zh-CN': '' } } = use;
		return { ...found, subject: { en: subject.en || found.subject.en, 'zh-CN': subject['zh-CN'] || found.subject['zh-CN'] } };
	};
	const stopOf = (personId: string, locale: Locale): MailLink => ({
		label: textsFor(locale).mailing.stop,
		url: stopLink(deps, { personId, purpose: 'marketing.email' }, locale),
	});

	return Object.freeze<Templates>({
		list: () => content().mailTemplates,
		byKey,
		compose: async ({ id, personId }, use) => {
			const template = templateOf(use);
			if (!template) return { dropped: 'no-template' };
			const person = await livingPerson(db.read, personId);
			if (!person) return { dropped: 'erased' };
			const contact = contactOf(keys, person);
			const locale = localeOf(template, contact.locale);
			const context = await contextOf(use, contact, locale, []);
			const track: MailContext['track'] = (url, place) => tracked(url, signToken(keys, 'mail-click', `${id}~${place}`, null), template.key);
			return {
				channel: 'mail',
				locale,
				compose: (preferences) => {
					const { subject, text, html } = renderTemplate(template, { ...context, foot: [preferences, stopOf(personId, locale)], track });
					return { subject, text, html };
				},
			};
		},
		preview: async (use, personId, asked) => {
			const template = templateOf(use);
			if (!template) return null;
			const person = personId === null ? null : await livingPerson(db.read, personId);
			const contact = person && contactOf(keys, person);
			const locale = localeOf(template, asked ?? contact?.locale ?? 'en');
			const own = { label: textsFor(locale).privacy.mailFoot, url: origin + addresses(locale).preferences };
			const context = await contextOf(use, contact, locale, [own, { label: textsFor(locale).mailing.stop, url: own.url }]);
			return renderTemplate(template, { ...context, track: (url) => url });
		},
	});
}

/** The template's first language where it is not written in the reader's. */
const localeOf = ({ languages }: MailTemplate, wanted: Locale): Locale => (languages.includes(wanted) ? wanted : (languages[0] ?? wanted));

/** Nothing that a stranger typed becomes an address in a mail of ours. */
const plain = (text: string | undefined): string => (text !== undefined && isPlainName(text) ? text : '');

function topicOf({ about }: TemplateUse, interests: ReadonlyMap<string, number>, { terms, ...content }: Snapshot) {
	const item = itemsOf({ terms, ...content }).find(({ type, id }) => `${type}:${id}` === about);
	const strongest = [...interests]
		.filter(([term]) => term.startsWith('topic:'))
		.sort((a, b) => b[1] - a[1])[0]?.[0]
		.slice('topic:'.length);
	const slug = item?.topics[0] ?? strongest;
	return terms.find((term) => term.kind === 'topic' && term.slug === slug) ?? null;
}

function dayIn(at: Date, locale: Locale, timeZone: string): string {
	return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone, day: 'numeric', month: 'long' }).format(at);
}

/** The channel tags of a mail, and the code by which its page tells a click. */
function tracked(url: string, token: string, template: string): string {
	const target = new URL(url);
	target.searchParams.set('utm_source', 'foyer');
	target.searchParams.set('utm_medium', 'email');
	target.searchParams.set('utm_campaign', template);
	target.searchParams.set('m', token);
	return target.href;
}
