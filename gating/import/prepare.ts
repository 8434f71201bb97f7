import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { allowHash } from '../cleaning/hits.ts';
import { domainOf, isMail, normaliseMail } from '../cleaning/mail.ts';
import { parsePhone, type Phone } from '../cleaning/phone.ts';
import { clean, type CleaningHit, type Findings, hitKey, valueOf } from '../cleaning/rules.ts';
import { lookupHash, termsOf } from '../identity/lookup.ts';
import { sealProfile } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { type DatedWords, foldWords, type RowWords, sealWords } from './attribute.ts';
import type { ImportMapping, ImportReach, ImportTarget } from './batch.ts';
import { type CsvRow, plainCell } from './csv.ts';
import { type ImportSession, presenceOf, type PresenceTarget, type RowPresence } from './presence.ts';
import { LONGEST_TAG, MOST_TAGS, tagWords } from './tag-words.ts';

export interface PrepareDeps {
	readonly keys: Keys;
	readonly random: Random;
}

export interface PrepareOptions {
	readonly importId: string;
	readonly reach: ImportReach;
	readonly mapping: ImportMapping;
	readonly headings: readonly string[];
	readonly country: string;
	/** Null for lists of people. */
	readonly session: ImportSession | null;
	/** Epoch milliseconds of the contacts. */
	readonly contactedAt: number;
	readonly competitorDomains: readonly string[];
	/** Keyed hashes of what staff released. */
	readonly allowed: ReadonlySet<string>;
	/** Opens and seals staged cells. */
	readonly dataKey: string;
	/** Nothing is encrypted for people: the rows are judged only. */
	readonly isDryRun: boolean;
}

export type RowError = 'no-contact' | 'mail-syntax' | 'too-long' | 'wrong-time';

/** One row that names somebody. */
export interface PreparedRow {
	readonly row: number;
	readonly outcome: Findings['outcome'];
	readonly reasons: readonly string[];
	readonly hits: readonly CleaningHit[];
	readonly words: RowWords;
	/** Sealed with the fresh key; empty where nobody new may come. */
	readonly sealed: Uint8Array;
	/** Null where the list says nothing of consent. */
	readonly consent: boolean | null;
	/** As the list spells them. */
	readonly tags: readonly string[];
	/** Null in lists of people. */
	readonly presence: RowPresence | null;
	/** Sealed with the import's key, for rows that somebody should look at. */
	readonly cells: Uint8Array | null;
}

/** Everything a batch says of one mail address, or of one phone where no address is given. */
export interface PreparedGroup {
	readonly kind: 'mail' | 'phone';
	/** Keyed hash they are known by. */
	readonly hash: string;
	/** Keyed hashes of their phones. */
	readonly phones: readonly string[];
	readonly rows: readonly PreparedRow[];
	/** A whole new person, for when they are not known. Null where nobody new may come. */
	readonly fresh: FreshPerson | null;
}

export interface FreshPerson {
	readonly dataKey: string;
	readonly imported: Uint8Array;
	readonly lookups: readonly { readonly kind: string; readonly hash: string }[];
	readonly company: string;
	readonly mailDomain: string;
}

export interface RowRefusal {
	readonly row: number;
	readonly error: RowError;
	readonly cells: Uint8Array;
}

/** Most characters of a cell, by what it becomes. */
export const LONGEST: Readonly<Partial<Record<ImportTarget, number>>> = {
	name: 120,
	email: 254,
	phone: 60,
	company: 160,
	jobTitle: 120,
	region: 120,
	industry: 120,
};
export const LONGEST_EXTRA = 4_000;
/** An address with spaces around it; nothing longer is looked at for one. */
const LONGEST_MAIL_CELL = 1_000;
const MOST_EXTRAS = 40;
const YES = /^(?:y|yes|true|1|x|✓|ja|oui|是|同意|已同意|有)$/iu;
const CELLS = 'import_row.cells';
// Everything that is no character of a text, line ends aside.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

export const sealCells = (keys: Keys, dataKey: string, cells: readonly string[]): Buffer => keys.seal(dataKey, CELLS, JSON.stringify(cells));
export const openCells = (keys: Keys, dataKey: string, sealed: Buffer): string[] => JSON.parse(keys.unseal(dataKey, CELLS, sealed)) as string[];

/** True for a row that is known by its mail address: such rows come after all others. */
export function namesMail({ mapping }: PrepareOptions, { cells }: CsvRow): boolean {
	const at = mapping.indexOf('email');
	const cell = cells[at] ?? '';
	return at >= 0 && cell.length <= LONGEST_MAIL_CELL && isMail(normaliseMail(tidy(cell)));
}

/** Judges and encrypts rows, and puts together what is about one person. */
export function prepareRows(
	deps: PrepareDeps,
	options: PrepareOptions,
	rows: readonly CsvRow[],
): { readonly groups: PreparedGroup[]; readonly refused: RowRefusal[] } {
	const refused: RowRefusal[] = [];
	const people = new Map<string, { readonly kind: 'mail' | 'phone'; readonly hash: string; readonly read: ReadRow[] }>();
	for (const row of rows) {
		const read = readRow(options, row);
		if ('error' in read) {
			refused.push({ row: row.row, error: read.error, cells: sealCells(deps.keys, options.dataKey, row.cells) });
			continue;
		}
		const kind = read.email === '' ? 'phone' : 'mail';
		const hash = lookupHash(deps.keys, { kind, value: read.email || (read.phone?.e164 ?? '') });
		const known = people.get(hash) ?? { kind, hash, read: [] };
		known.read.push(read);
		people.set(hash, known);
	}
	return { groups: [...people.values()].map((one) => groupOf(deps, options, one)), refused };
}

/** The look-ups of a profile. */
export function lookupsOf(keys: Keys, profile: Profile): FreshPerson['lookups'] {
	return termsOf(profile).map((term) => ({ kind: term.kind, hash: lookupHash(keys, term) }));
}

interface ReadRow {
	readonly source: CsvRow;
	readonly words: RowWords;
	/** Normalised; '' without one. */
	readonly email: string;
	readonly phone: Phone | null;
	readonly badPhone: string;
	readonly consent: boolean | null;
	readonly tags: readonly string[];
	readonly presence: RowPresence | null;
}

function readRow({ mapping, headings, country, session }: PrepareOptions, source: CsvRow): ReadRow | { readonly error: RowError } {
	const said: Partial<Record<ImportTarget, string>> = {};
	const extra: Record<string, string> = {};
	const tags: string[] = [];
	for (const [index, target] of mapping.entries()) {
		const cell = tidy(source.cells[index] ?? '');
		// Platforms write dashes for what an absent one has not done.
		if (cell === '' || target === 'ignore' || (session && /^-+$/.test(cell))) continue;
		if (cell.length > (LONGEST[target] ?? LONGEST_EXTRA)) return { error: 'too-long' };
		if (target === 'tag') tags.push(...tagWords(cell));
		else if (target === 'attribute') {
			if (Object.keys(extra).length < MOST_EXTRAS) extra[(headings[index] ?? '').trim().slice(0, 80) || `#${index + 1}`] = cell;
		} else said[target] = cell;
	}
	const presence = session && presenceOf(said as Partial<Record<PresenceTarget, string>>, session);
	if (presence === 'wrong-time') return { error: presence };
	if (tags.length > MOST_TAGS || tags.some((word) => word.length > LONGEST_TAG)) return { error: 'too-long' };
	const email = normaliseMail(said.email ?? '');
	const phone = said.phone ? parsePhone(said.phone, country) : null;
	const badPhone = said.phone && phone === null ? said.phone : '';
	const isAddress = isMail(email);
	if (!isAddress && phone === null) return { error: email === '' ? 'no-contact' : 'mail-syntax' };
	if (badPhone !== '') extra[headings[mapping.indexOf('phone')]?.trim() || 'phone'] = badPhone;
	if (!isAddress && email !== '') extra[headings[mapping.indexOf('email')]?.trim() || 'email'] = email;
	const fields: Profile = fieldsOf(said, isAddress ? email : '', phone);
	return {
		source,
		words: { fields, extra },
		email: isAddress ? email : '',
		phone,
		badPhone,
		tags,
		presence,
		consent: said.consent === undefined ? (mapping.includes('consent') ? false : null) : YES.test(said.consent),
	};
}

function fieldsOf(said: Partial<Record<ImportTarget, string>>, email: string, phone: Phone | null): Profile {
	const name = said.name ?? nameOf(said.familyName ?? '', said.givenName ?? '');
	const { company, jobTitle, region, industry } = said;
	const all = { name, email, phone: phone?.e164, company, jobTitle, region, industry };
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
}

/** Chinese names have the family first and no space. */
function nameOf(family: string, given: string): string {
	return /\p{Script=Han}/u.test(family + given) ? family + given : [given, family].filter((part) => part !== '').join(' ');
}

function groupOf(
	{ keys }: PrepareDeps,
	options: PrepareOptions,
	{ kind, hash, read }: { readonly kind: 'mail' | 'phone'; readonly hash: string; readonly read: readonly ReadRow[] },
): PreparedGroup {
	const mayBeNew = !options.isDryRun && options.reach === 'people';
	const dataKey = mayBeNew ? keys.newDataKey() : '';
	const rows = read.map((one): PreparedRow => {
		const findings = judge(keys, options, one);
		const { outcome, reasons, hits } = findings;
		return {
			...{ row: one.source.row, outcome, reasons, hits, words: one.words, consent: one.consent, tags: one.tags, presence: one.presence },
			sealed: mayBeNew ? sealWords(keys, dataKey, one.words) : new Uint8Array(),
			cells: options.reach === 'known' || (options.isDryRun && outcome !== 'accept') ? sealCells(keys, options.dataKey, one.source.cells) : null,
		};
	});
	const phones = [...new Set(read.flatMap(({ phone }) => (phone ? [lookupHash(keys, { kind: 'phone', value: phone.e164 })] : [])))];
	return {
		kind,
		hash,
		phones,
		rows,
		fresh: mayBeNew ? freshPerson(keys, dataKey, foldWords(rows.map(({ words }) => dated(options, words)))) : null,
	};
}

export function freshPerson(keys: Keys, dataKey: string, profile: Profile): FreshPerson {
	return {
		dataKey,
		imported: sealProfile(keys, dataKey, profile),
		lookups: lookupsOf(keys, profile),
		company: profile.company ?? '',
		mailDomain: profile.email ? domainOf(profile.email) : '',
	};
}

export const dated = ({ contactedAt, importId }: Pick<PrepareOptions, 'contactedAt' | 'importId'>, words: RowWords): DatedWords => ({
	...words,
	at: contactedAt,
	importId,
});

function judge(keys: Keys, { competitorDomains, allowed }: PrepareOptions, { words: { fields }, email, phone, badPhone }: ReadRow): Findings {
	const { name = '', company = '', jobTitle = '', region = '' } = fields;
	const input = { name, email, company, jobTitle, region, phone, badPhone, competitorDomains, isPhoneTaken: false, isBurst: false };
	const findings = clean(input);
	if (findings.hits.length === 0 || allowed.size === 0) return findings;
	const released = findings.hits.filter((hit) => allowed.has(allowHash(keys, hit.rule, valueOf(input, hit.field))));
	return clean(input, new Set(released.map(hitKey)));
}

/** White space as one space, nothing that is no text, and no mark against formulas. */
function tidy(cell: string): string {
	return plainCell(cell.trim()).replaceAll(CONTROLS, '').toWellFormed().replaceAll(/\s+/gu, ' ').trim();
}
