import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { Condition, Conditions, Field, Tag } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { eventName, stageWord, stateWord, wordOf } from './words.ts';

export interface Option {
	readonly value: string;
	readonly label: string;
}

/** What the choices of conditions are made of. */
export interface ConditionSource {
	readonly texts: Texts;
	readonly locale: Locale;
	readonly snapshot: Snapshot;
	readonly tags: readonly Tag[];
	readonly channels: readonly { readonly code: string; readonly name: { readonly en: string; readonly 'zh-CN': string } }[];
	readonly imports: readonly { readonly id: string; readonly name: string }[];
}

const COUNTRIES =
	'CN HK TW JP KR SG MY TH VN ID IN AE SA TR DE AT CH FR IT ES PT NL BE LU DK SE NO FI PL CZ SK HU RO SI HR GR IE GB US CA MX BR AR CL ZA EG AU NZ'.split(
		' ',
	);
const GRADES = ['A', 'B', 'C', 'D'].flatMap((letter) => ['1', '2', '3', '4'].map((digit) => letter + digit));
const PURPOSES = ['profiling', 'marketing.email', 'marketing.sms', 'marketing.phone', 'dealers', 'abroad', 'analytics', 'personalisation'];
const EVENTS = [
	'page.view',
	'content.attention',
	'search.query',
	'document.open',
	'download',
	'video.play',
	'form.submitted',
	'brochure',
	'offer.claimed',
	'webinar.registered',
	'webinar.attended',
	'webinar.replay',
];

export function countryName(code: string, locale: Locale): string {
	return code === '' ? '' : (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code);
}

/** The values a field may be asked for. */
export function optionsOf(field: Field, { texts, locale, snapshot, tags, channels, imports }: ConditionSource): Option[] {
	const words = (codes: readonly string[], word: (code: string) => string): Option[] => codes.map((value) => ({ value, label: word(value) }));
	const value = (code: string) => wordOf(texts.scoring.value, code);
	switch (field) {
		case 'stage':
			return words(['suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer'], (code) => stageWord(texts, code));
		case 'grade':
			return words(GRADES, (code) => code);
		case 'state':
			return words(['open', 'screening', 'sales', 'nurture', 'quarantine', 'disqualified'], (code) => stateWord(texts, code));
		case 'tag':
			return tags.filter(({ isArchived }) => !isArchived).map(({ code, name }) => ({ value: code, label: name[locale] }));
		case 'account-status':
			return words(['prospect', 'customer', 'competitor', 'partner'], (code) => wordOf(texts.people.status, code));
		case 'account-size':
			return words(['1-9', '10-49', '50-249', '250-999', '1000-4999', '5000+'], (code) => code);
		case 'account-industry':
		case 'industry':
			return snapshot.terms.filter(({ kind }) => kind === 'industry').map(({ slug, name }) => ({ value: slug, label: inLocale(name, locale) }));
		case 'account-country':
		case 'country':
			return words(COUNTRIES, (code) => countryName(code, locale));
		case 'role':
			return words(['engineering', 'maintenance', 'production', 'purchasing', 'quality', 'it', 'management'], value);
		case 'seniority':
			return words(['executive', 'head', 'senior', 'student'], value);
		case 'consent':
			return words(PURPOSES, (code) => snapshot.consents.find(({ purpose }) => purpose === code)?.title[locale] ?? code);
		case 'did':
			return words(EVENTS, (code) => eventName(texts, code));
		case 'webinar':
			return words(['registered', 'attended', 'missed'], (code) => wordOf(texts.people.segments.outcome, code));
		case 'channel':
			return channels.map(({ code, name }) => ({ value: code, label: name[locale] }));
		case 'import':
			return imports.map(({ id, name }) => ({ value: id, label: name }));
		case 'score':
		case 'account':
		case 'active':
		case 'known':
			return [];
	}
}

/** What behaviour may be about: types, topics, single papers and webinars. */
export function aboutOptions({ texts, locale, snapshot }: ConditionSource): Option[] {
	const { types } = texts.site as { readonly types: Readonly<Record<string, string>> };
	const { segments } = texts.people;
	return [
		{ value: '', label: segments.aboutAny },
		...['white_papers', 'cases', 'articles', 'products', 'webinars'].map((value) => ({ value, label: types[value] ?? value })),
		{ value: 'quote', label: wordOf(texts.scoring.subject, 'quote') },
		...snapshot.terms
			.filter(({ kind }) => kind === 'topic')
			.map(({ slug, name }) => ({ value: `topic:${slug}`, label: fill(segments.topic, { name: inLocale(name, locale) }) })),
		...[...snapshot.whitePapers, ...snapshot.webinars].map(({ type, id, title }) => ({ value: `${type}:${id}`, label: inLocale(title, locale) })),
	];
}

/** A condition in words: `Industry: packaging, intralogistics`. */
export function conditionWords(one: Condition, source: ConditionSource): string {
	const { segments: text } = source.texts.people;
	const { console: shared } = source.texts;
	const options = optionsOf(one.field, source);
	// As they are offered, since sizes and stages have an order of their own; what is no longer offered last.
	const placeOf = (value: string) => (options.findIndex((option) => option.value === value) + 1 || options.length + 1) - 1;
	const values = one.values
		.toSorted((a, b) => placeOf(a) - placeOf(b))
		.map((value) => options.find((option) => option.value === value)?.label ?? value);
	const about = one.about === '' ? '' : (aboutOptions(source).find(({ value }) => value === one.about)?.label ?? one.about);
	const parts = [
		one.field === 'did' && values.length === 0 ? text.anything : new Intl.ListFormat(source.locale, { type: 'disjunction' }).format(values),
		about,
		one.field === 'did' && one.least > 1 ? fill(text.times, { least: one.least }) : '',
		one.field === 'score' ? fill(text.atLeast, { least: one.least }) : '',
		one.days > 0 ? fill(text.inDays, { days: one.days }) : '',
	].filter((part) => part !== '');
	if (one.field === 'account' && one.isNot) return text.noAccount;
	const name = (one.isNot ? `${text.not} ` : '') + text.fields[one.field];
	return parts.length === 0 ? name : name + shared.colon + (source.locale === 'en' ? ' ' : '') + parts.join(shared.comma);
}

/** Conditions in words, group by group. */
export function segmentWords({ groups }: Conditions, source: ConditionSource): string {
	if (groups.length === 0) return source.texts.people.segments.everybody;
	return groups
		.map(({ match, conditions }) => {
			const words = conditions.map((one) => conditionWords(one, source));
			const all = words.join('; ');
			return match === 'all' ? all : `${source.texts.people.segments.groupMatch[match]} (${all})`;
		})
		.join(' · ');
}

/** What a form of conditions says, however unfinished; and what its pressed button asks to be changed. */
export function readDraft(data: FormData): Conditions {
	const text = (name: string) => String(data.get(name) ?? '').slice(0, 200);
	const groups: Conditions['groups'][number][] = [];
	for (let g = 0; data.has(`g${g}`); g++) {
		const conditions: Condition[] = [];
		for (let c = 0; data.has(`g${g}.c${c}`); c++) {
			const at = `g${g}.c${c}`;
			conditions.push({
				field: text(at) as Field,
				isNot: text(`${at}.not`) === 'on',
				values: data.getAll(`${at}.values`).map(String).slice(0, 60),
				about: text(`${at}.about`),
				least: Number(text(`${at}.least`) || 0),
				days: Number(text(`${at}.days`) || 0),
			});
		}
		const match = text(`g${g}`);
		groups.push({ match: match === 'any' || match === 'none' ? match : 'all', conditions });
	}
	return changed({ match: text('match') === 'any' ? 'any' : 'all', groups }, text('do'), data);
}

function changed({ match, groups }: Conditions, act: string, data: FormData): Conditions {
	const [what, at = ''] = act.split(':');
	const [g, c] = at.split('.').map(Number);
	if (what === 'group') return { match, groups: [...groups, { match: 'all', conditions: [] }] };
	if (what === 'add') {
		const one: Condition = { field: String(data.get(`g${g}.new`) ?? 'stage') as Field, isNot: false, values: [], about: '', least: 1, days: 30 };
		return { match, groups: groups.map((group, index) => (index === g ? { ...group, conditions: [...group.conditions, one] } : group)) };
	}
	if (what !== 'drop') return { match, groups };
	return {
		match,
		groups: groups
			.map((group, index) => (index === g ? { ...group, conditions: group.conditions.filter((_one, place) => place !== c) } : group))
			.filter((group, index) => index !== g || (c !== undefined && group.conditions.length > 0)),
	};
}
