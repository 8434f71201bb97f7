import type { Locale } from '#cms/content.ts';
import { isTimeZone } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { requireName } from '../channel/edit-channel.ts';
import { BASIS_KINDS, IMPORT_PURPOSES, type ImportBasis, type ImportMapping, type ImportReach, REACHES, TARGETS } from './batch.ts';
import { ENCODINGS } from './decode.ts';
import { PRESENCE_TARGETS } from './presence.ts';

/** What staff says of a list before it is read. */
export interface ImportSettings {
	readonly name: string;
	readonly reach: ImportReach;
	readonly channel: string;
	readonly sourceId: string | null;
	readonly locale: Locale;
	readonly country: string;
	readonly contactedAt: Date;
	readonly basis: ImportBasis;
	readonly encoding: string;
	readonly mapping: ImportMapping;
	/** Days that its tags hold from the day of the contacts on; 0: as each tag says. */
	readonly tagDays: number;
	/** IANA zone of the times in a session's list; left out: as it is. */
	readonly timeZone?: string;
}

/** @throws DomainError invalid for what is no IANA time zone */
export function requireZone(timeZone: string): string {
	if (!isTimeZone(timeZone)) throw new DomainError('invalid', 'There is no such time zone.', { fields: [{ field: 'timeZone', code: 'choice' }] });
	return timeZone;
}

const MANY_TIMES: readonly string[] = ['ignore', 'attribute', 'tag'];
const MOST_DAYS = 3_650;

/** The settings and nothing beside them, whatever the caller's object has. @throws DomainError invalid */
export function requireSettings(settings: ImportSettings, hasSession = false) {
	const { name, reach, channel, sourceId, locale, contactedAt, mapping, basis, country, encoding, tagDays } = settings;
	const wrong = (field: string, code: string) => new DomainError('invalid', 'The settings cannot be used.', { fields: [{ field, code }] });
	const once = mapping.filter((target) => !MANY_TIMES.includes(target));
	const targets: readonly string[] = hasSession ? [...TARGETS, ...PRESENCE_TARGETS] : TARGETS;
	if (mapping.some((target) => !targets.includes(target)) || new Set(once).size < once.length) throw wrong('mapping', 'import-twice');
	if (!mapping.includes('email') && !mapping.includes('phone')) throw wrong('mapping', 'import-no-contact');
	if (!REACHES.includes(reach)) throw wrong('reach', 'choice');
	if (!Number.isInteger(tagDays) || tagDays < 0 || tagDays > MOST_DAYS) throw wrong('tagDays', 'tag-days');
	if (!/^[A-Z]{2}$/.test(country)) throw wrong('country', 'choice');
	if (!(ENCODINGS as readonly string[]).includes(encoding)) throw wrong('encoding', 'choice');
	const purposes = basis.kind === 'consent' ? basis.purposes.filter((purpose) => (IMPORT_PURPOSES as readonly string[]).includes(purpose)) : [];
	if (!BASIS_KINDS.includes(basis.kind)) throw wrong('basis', 'choice');
	const statement = basis.statement.normalize('NFC').trim().slice(0, 2_000).toWellFormed();
	if (basis.kind === 'consent' && (purposes.length === 0 || statement === '')) throw wrong('statement', 'required');
	const kept = { kind: basis.kind, purposes, statement };
	return { name: requireName(name, 'name'), reach, tagDays, channel, sourceId, locale, contactedAt, mapping, country, encoding, basis: kept };
}
