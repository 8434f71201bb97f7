import type { Row } from '../client.ts';
import type { Asset, ContentProblem, Locale, LocalisedText } from '../content.ts';
import type { CollectionName } from '../rows.ts';
import { type ReadContext, slugOfRow, typedReference } from './context.ts';
import { numberOf, wordOf } from './cell.ts';
import { instantOf } from './due.ts';
import { isSafeLink, pictureFault, shownText } from './safe.ts';

/** Reads one row's columns by their names. What does not fit is left out and reported once, with the row it belongs to. */
export interface RowReader {
	readonly id: string;
	readonly slug: string;
	text(name: string): string;
	/** `<name>_en` and `<name>_zh`. */
	localised(name: string): LocalisedText;
	/** A whole number from `min` up; `fallback` when empty or wrong. */
	integer(name: string, fallback: number, min?: number): number;
	decimal(name: string): number;
	instant(name: string): Date | null;
	flag(name: string): boolean;
	oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T;
	/** Texts of a JSON list. */
	strings(name: string): string[];
	/** Rows of a JSON list. */
	list(name: string): RowReader[];
	/** Slug of the item that a column names, when it is published. */
	reference(name: string, collection: CollectionName): string | null;
	/** Slugs of the items that a JSON reference names, in the editor's order. */
	references(name: string, collection: CollectionName): string[];
	/** `<type>/<slug>` texts of a JSON list, with a normal type; those that name nothing published are dropped. */
	typed(name: string): string[];
	/** The file that a column names. */
	asset(name: string): Asset | null;
	/** The file that a column names, where everybody may see it; one that lies elsewhere is reported. */
	publicAsset(name: string): Asset | null;
	/** The picture that a column names, where everybody may see it. A file that is none, or too large to be made smaller, is reported. */
	picture(name: string): Asset | null;
	/** Where a link leads; '' when it leads nowhere a reader may be sent, which is reported. */
	link(name: string): string;
	/** An address that starts with `https://` or `http://`; '' when it does not, which is reported. */
	webAddress(name: string): string;
	report(code: ContentProblem['code'], detail: string): void;
}

export function rowReader(row: Row, collection: string, context: ReadContext, owner: Row = row): RowReader {
	const id = wordOf(owner['id']);
	const slug = slugOfRow(owner);
	const report: RowReader['report'] = (code, detail) => context.report({ code, collection, itemId: id, slug, detail });
	const text = (name: string): string => {
		const whole = textOf(row[name]);
		const shown = shownText(whole);
		if (shown !== whole) report('too-large', `${name}: ${whole.length}`);
		return shown;
	};
	const array = (name: string): readonly unknown[] => {
		const value = row[name] ?? [];
		if (Array.isArray(value)) return value;
		report('invalid-field', name);
		return [];
	};
	const idIn = (name: string): string => (row[name] ? keyOf(row[name]).trim() : '');
	const resolve = (name: string, target: CollectionName, key: string): string | null => {
		const found = context.slugOf(target, key);
		if (found === null && !context.isWaiting(target, key)) report('dangling-reference', `${name}: ${target} ${key}`);
		return found;
	};

	const asset = (name: string): Asset | null => {
		if (idIn(name) === '') return null;
		const found = context.asset(idIn(name));
		if (!found) report('missing-file', name);
		return found;
	};
	const publicAsset = (name: string): Asset | null => {
		const found = asset(name);
		if (found?.isPublic !== false) return found;
		report('missing-file', `${name}: ${found.filename} does not lie in the public folder`);
		return null;
	};

	return {
		id,
		slug,
		text,
		localised: (name) => ({ en: text(`${name}_en`), 'zh-CN': text(`${name}_zh`) }),
		integer: (name, fallback, min = 0) => {
			const value = row[name];
			if (value === null || value === undefined || value === '') return fallback;
			const number = numberOf(value);
			if (Number.isSafeInteger(number) && number >= min) return number;
			report('invalid-field', name);
			return fallback;
		},
		decimal: (name) => (Number.isFinite(numberOf(row[name])) ? numberOf(row[name]) : 0),
		instant: (name) => instantOf(row[name]),
		flag: (name) => row[name] === true || row[name] === 1,
		oneOf: (name, values, fallback) => {
			const found = values.find((value) => value === row[name]);
			if (found === undefined && text(name) !== '') report('invalid-field', name);
			return found ?? fallback;
		},
		strings: (name) => array(name).flatMap((value) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [])),
		list: (name) =>
			array(name).flatMap((value) => {
				if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [rowReader(value as Row, collection, context, owner)];
				report('invalid-field', name);
				return [];
			}),
		reference: (name, target) => (idIn(name) === '' ? null : resolve(name, target, idIn(name))),
		references: (name, target) => unique(array(name).flatMap((value) => resolve(name, target, keyOf(value)) ?? [])),
		typed: (name) =>
			array(name).flatMap((value) => {
				const reference = typedReference(wordOf(value));
				if (reference && context.hasSlug(reference.type, reference.slug)) return [`${reference.type}/${reference.slug}`];
				report('dangling-reference', `${name}: ${wordOf(value)}`);
				return [];
			}),
		asset,
		publicAsset,
		picture: (name) => {
			const found = publicAsset(name);
			const fault = found && pictureFault(found);
			if (fault) report(fault, `${name}: ${found.filename}`);
			return fault ? null : found;
		},
		link: (name) => {
			const link = text(name);
			if (link === '' || isSafeLink(link)) return link;
			report('unsafe-link', `${name}: ${link.slice(0, 80)}`);
			return '';
		},
		webAddress: (name) => {
			const address = text(name);
			if (address === '' || isWebAddress(address)) return address;
			report('invalid-field', name);
			return '';
		},
		report,
	};
}

/** Reports each language of `languages` in which one of the texts is empty. */
export function reportMissing(reader: RowReader, languages: readonly Locale[], texts: Readonly<Record<string, LocalisedText>>): void {
	for (const [name, value] of Object.entries(texts)) {
		for (const locale of languages) if (value[locale] === '') reader.report('missing-translation', `${name} (${locale})`);
	}
}

/** True for a whole `https:` or `http:` address. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function textOf(value: unknown): string {
	return typeof value === 'boolean' ? '' : wordOf(value).trim();
}

function keyOf(value: unknown): string {
	return wordOf(typeof value === 'object' && value !== null && 'key' in value ? value.key : value);
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}
