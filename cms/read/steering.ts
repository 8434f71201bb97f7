import { isTimeZone } from '#kernel/clock.ts';

import {
	type Banner,
	CONTENT_TYPES,
	type ConsentText,
	type SearchRule,
	type SiteSettings,
	type Slot,
	STAGE_RULES,
	type Term,
	type TermKind,
} from '../content.ts';
import { typedReference } from './context.ts';
import { isWebAddress, reportMissing, type RowReader } from './row.ts';

const TERM_KINDS: readonly TermKind[] = ['industry', 'topic', 'role', 'product-line', 'series'];
const BOTH = ['en', 'zh-CN'] as const;

export function readTerm(row: RowReader): Term {
	const name = row.localised('name');
	reportMissing(row, BOTH, { name });
	return {
		id: row.id,
		kind: row.oneOf('kind', TERM_KINDS, 'topic'),
		slug: row.slug,
		name,
		summary: row.localised('summary'),
		cover: row.picture('cover'),
	};
}

export function readConsent(row: RowReader): ConsentText {
	const title = row.localised('title');
	const text = row.localised('text');
	reportMissing(row, BOTH, { title, text });
	return { id: row.id, purpose: row.text('purpose'), title, text };
}

export function readBanner(row: RowReader): Banner {
	return {
		id: row.id,
		slug: row.slug,
		text: row.localised('text'),
		link: row.link('link'),
		placement: row.oneOf('placement', ['top', 'home', 'library'], 'top'),
		picture: row.picture('picture'),
		audience: row.strings('audience'),
	};
}

export function readSlot(row: RowReader): Slot {
	return {
		id: row.id,
		slug: row.slug,
		name: row.localised('name'),
		pins: row.typed('pins'),
		exclusions: row.typed('exclusions'),
		fallback: row.typed('fallback'),
		types: row.strings('types').filter((type) => CONTENT_TYPES.some((known) => known === type)),
		topics: row.references('topics', 'terms'),
		cap: readCap(row),
		stageRule: row.oneOf('stage_rule', STAGE_RULES, 'prefer'),
	};
}

function readCap(row: RowReader): Slot['cap'] {
	const impressions = row.integer('cap_impressions', 0);
	return impressions > 0 ? { impressions, days: Math.max(1, row.integer('cap_days', 7)) } : null;
}

export function readSearchRule(row: RowReader): SearchRule {
	const target = row.text('target');
	const reference = typedReference(target);
	return {
		id: row.id,
		slug: row.slug,
		kind: row.oneOf('kind', ['synonym', 'stop-word', 'pin', 'redirect'], 'synonym'),
		terms: row.strings('terms'),
		target: reference && !target.startsWith('/') ? `${reference.type}/${reference.slug}` : target || null,
	};
}

export function readSite(row: RowReader): SiteSettings {
	const zone = row.text('time_zone');
	if (zone !== '' && !isTimeZone(zone)) row.report('invalid-field', 'time_zone');
	return {
		brand: row.text('brand') || 'Foyer',
		legalName: row.text('legal_name') || row.text('brand'),
		foundedYear: row.integer('founded_year', 0) || null,
		logo: row.picture('logo'),
		socialLinks: row.strings('social_links').filter((link) => isWebAddress(link) || row.report('invalid-field', `social_links: ${link}`)),
		tagline: row.localised('tagline'),
		timeZone: isTimeZone(zone) ? zone : 'UTC',
		homeTitle: row.localised('home_title'),
		homeLead: row.localised('home_lead'),
		contactEmail: row.text('contact_email'),
		phone: row.text('phone'),
		address: row.localised('address'),
		competitorDomains: row.strings('competitor_domains').map((domain) => domain.toLowerCase()),
		knownCompanies: row.strings('known_companies'),
		recipientAbroad: row.localised('recipient_abroad'),
	};
}
