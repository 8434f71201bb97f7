import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { RouteProblem, RouteRule, StaffName } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { listTyped, moved, numberTyped } from './routing.ts';
import { valueName } from './rules.ts';
import { wordOf } from './words.ts';

type When = RouteRule['when'];
type Names = readonly StaffName[];

/** What words of rules are made of. */
export interface RouteSource {
	readonly texts: Texts;
	readonly locale: Locale;
	readonly snapshot: Pick<Snapshot, 'terms' | 'categories'>;
	readonly staff: Names;
	/** Channels and links, by what rules name them. */
	readonly sources: readonly (readonly [value: string, label: string])[];
	readonly sizes: readonly string[];
}

/** What a part of a rule may be chosen from; null where it is typed. */
export function choicesOf(part: keyof When, { texts, locale, snapshot, sources, sizes }: RouteSource): readonly (readonly [string, string])[] | null {
	switch (part) {
		case 'sources':
			return sources;
		case 'industries':
			return snapshot.terms.filter(({ kind }) => kind === 'industry').map(({ slug, name }) => [slug, inLocale(name, locale)]);
		case 'productLines':
			return snapshot.categories.filter(({ parent }) => parent === null).map(({ slug, name }) => [slug, inLocale(name, locale)]);
		case 'sizes':
			return sizes.map((size) => [size, valueName(texts, 'size', size, snapshot.terms, locale)]);
		case 'countries':
		case 'regions':
			return null;
	}
}

/** What a rule asks for, part by part. */
export function whenWords(when: When, source: RouteSource): string[] {
	const { texts, locale, snapshot } = source;
	const parts = Object.keys(texts.routing.rules.when) as (keyof When)[];
	return parts.flatMap((part) => {
		if (when[part].length === 0) return [];
		const choices = choicesOf(part, source);
		const named = when[part].map((value) =>
			part === 'countries' ? valueName(texts, 'country', value, snapshot.terms, locale) : (choices?.find(([one]) => one === value)?.[1] ?? value),
		);
		return [texts.routing.rules.when[part] + texts.console.of + new Intl.ListFormat(locale, { type: 'disjunction' }).format(named)];
	});
}

export function personName(id: string, { texts, staff }: Pick<RouteSource, 'texts' | 'staff'>): string {
	const found = staff.find((one) => one.id === id);
	if (!found) return id === '' ? texts.routing.nobody : id.slice(0, 8);
	return found.hasLeft ? fill(texts.routing.left, { name: found.name }) : found.name;
}

/** Who gets it, in words. */
export function toWords(to: RouteRule['to'], source: RouteSource): string {
	const { rules: text } = source.texts.routing;
	if (to.kind === 'person') return personName(to.staffId, source);
	if (to.kind !== 'round-robin') return text.kind[to.kind];
	const shares = to.members.map(({ staffId, weight }) => fill(text.share, { name: personName(staffId, source), weight }));
	return text.members + source.texts.console.of + new Intl.ListFormat(source.locale).format(shares);
}

export function problemWords({ code, about }: RouteProblem, source: RouteSource): string {
	return fill(wordOf(source.texts.routing.rules.problem, code), { about: code === 'left' ? personName(about, source) : about });
}

/** A rule that asks for nothing and names nobody yet. */
export function newRule(rules: readonly RouteRule[]): RouteRule {
	const taken = new Set(rules.map(({ key }) => key));
	const key = Array.from({ length: rules.length + 1 }, (_, at) => `rule-${at + 1}`).find((one) => !taken.has(one)) ?? 'rule';
	const when = { sources: [], countries: [], regions: [], industries: [], productLines: [], sizes: [] };
	return { key, name: '', when, to: { kind: 'person', staffId: '' } };
}

/** The rules as the form carries them along: nothing of them holds until it is published, and publishing checks it. */
export function carried(data: FormData, otherwise: readonly RouteRule[]): RouteRule[] {
	try {
		const rules: unknown = JSON.parse(String(data.get('rules')));
		return Array.isArray(rules) ? rules.filter(isRule) : [...otherwise];
	} catch {
		return [...otherwise];
	}
}

function isRule(rule: unknown): rule is RouteRule {
	const { key, name, when, to } = (rule ?? {}) as Partial<RouteRule>;
	const lists = ['sources', 'countries', 'regions', 'industries', 'productLines', 'sizes'] as const;
	const isList = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
	if (typeof key !== 'string' || typeof name !== 'string' || !when || !lists.every((part) => isList(when[part]))) return false;
	if (to?.kind === 'person') return typeof to.staffId === 'string';
	if (to?.kind === 'round-robin') return Array.isArray(to.members) && to.members.every((one) => typeof one?.staffId === 'string');
	return to?.kind === 'account-owner' || to?.kind === 'unassigned';
}

/** The rule that is open in the form, as typed. */
function ruleTyped(data: FormData, before: RouteRule, staff: Names): RouteRule {
	const kind = String(data.get('to'));
	const members = staff.flatMap(({ id }) => {
		const weight = numberTyped(data, `weight:${id}`);
		return weight === null || weight === 0 ? [] : [{ staffId: id, weight }];
	});
	const to: RouteRule['to'] =
		kind === 'round-robin'
			? { kind, members }
			: kind === 'account-owner' || kind === 'unassigned'
				? { kind }
				: { kind: 'person', staffId: String(data.get('person') ?? '') };
	return {
		...{ key: before.key, name: String(data.get('name') ?? '').trim(), to },
		when: {
			sources: data.getAll('sources').map(String),
			countries: listTyped(data, 'countries').map((code) => code.toUpperCase()),
			regions: listTyped(data, 'regions'),
			industries: data.getAll('industries').map(String),
			productLines: data.getAll('productLines').map(String),
			sizes: data.getAll('sizes').map(String) as RouteRule['when']['sizes'],
		},
	};
}

export interface RouteDraft {
	readonly rules: readonly RouteRule[];
	/** The rule whose fields are shown; null: none. */
	readonly open: number | null;
}

/** The rules after what was typed and pressed: `up:1`, `down:1`, `remove:1`, `edit:1`, `add`; anything else leaves them. */
export function drafted(data: FormData, live: readonly RouteRule[], staff: Names): RouteDraft {
	const at = Number(data.get('open') ?? NaN);
	const before = carried(data, live);
	const open = before[at];
	const rules = open ? before.map((rule, place) => (place === at ? ruleTyped(data, open, staff) : rule)) : before;
	const [act, which = ''] = String(data.get('action') ?? '').split(':');
	const place = Number(which);
	switch (act) {
		case 'up':
			return { rules: moved(rules, place, -1), open: null };
		case 'down':
			return { rules: moved(rules, place, 1), open: null };
		case 'remove':
			return { rules: rules.filter((_, one) => one !== place), open: null };
		case 'edit':
			return { rules, open: place };
		case 'add':
			// Before the last, which takes what is left.
			return { rules: [...rules.slice(0, -1), newRule(rules), ...rules.slice(-1)], open: Math.max(0, rules.length - 1) };
		default:
			return { rules, open: null };
	}
}
