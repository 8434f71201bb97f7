import { and, eq } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { hashSecret, newId, plainCode, stableId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { certificate } from '../schema.ts';
import { achievementsOf } from './achievements.ts';
import { type Achievements, judgeEligibility } from './eligibility.ts';
import type { Place } from './place.ts';

const SEALED = 'certificate.sealed';
/** 148 bits, in groups that can be typed from paper. */
const CODE_LENGTH = 30;
const GROUP = 5;

/** What a certificate says. */
export interface Certificate {
	readonly name: string;
	readonly title: LocalisedText;
	/** When the session began; null for a recording on demand. */
	readonly heldAt: Date | null;
	readonly timeZone: string;
	readonly minutes: number;
	readonly issuedAt: Date;
	/** Six groups of five letters and digits. */
	readonly code: string;
}

export type CertificateOutcome = { readonly status: 'issued'; readonly certificate: Certificate } | { readonly status: 'not-eligible' | 'refused' };

type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'gating'>;

/** Issues a registrant's certificate, once; asking again gives the same one. */
export async function issueCertificate(deps: Deps, place: Place | null): Promise<CertificateOutcome> {
	const { db, now, random, gating } = deps;
	const rule = place?.webinar.rewards.find(({ gives }) => gives === 'certificate')?.rule;
	if (!place || !rule) return { status: 'refused' };
	const { occurrence, personId, visitorId, webinar } = place;
	const contact = await gating.people.contact(personId);
	if (!contact?.name) return { status: 'refused' };
	return db.write(
		async (tx): Promise<CertificateOutcome> => {
			const known = await rowOf(tx, occurrence.id, personId);
			if (known?.sealed) {
				const code = await gating.people.unseal(personId, SEALED, known.sealed, tx);
				return code === null ? { status: 'refused' } : { status: 'issued', certificate: certificateOf(place, contact.name ?? '', known, code) };
			}
			const done = (await achievementsOf(tx, occurrence, [personId])).get(personId);
			if (!done || !judgeEligibility(rule, done).isEligible) return { status: 'not-eligible' };
			const at = now();
			const code = plainCode(random, CODE_LENGTH);
			const sealed = await gating.people.seal(personId, SEALED, code, tx);
			const row = {
				id: newId(at, random),
				occurrenceId: occurrence.id,
				personId,
				codeHash: hashSecret(code),
				sealed,
				minutes: minutesOf(done),
				issuedAt: at,
			};
			await tx.insert(certificate).values(row);
			await gating.events.record(tx, {
				id: stableId(`certificate:${occurrence.id}:${personId}`),
				type: 'webinar.certificate',
				at,
				personId,
				visitorId,
				subject: subjectOf(webinar.id),
				props: { occurrenceId: occurrence.id },
			});
			return { status: 'issued', certificate: certificateOf(place, contact.name ?? '', row, code) };
		},
		{ locks: `webinar-certificate:${occurrence.id}:${personId}` },
	);
}

/** What the certificate of this code says, for anybody who holds it; null for no such code, and once its holder was erased. */
export async function checkCertificate({ db, gating }: Pick<Deps, 'db' | 'gating'>, typed: string): Promise<Certificate | null> {
	const code = typed
		.slice(0, 100)
		.replaceAll(/[^0-9A-Za-z]/g, '')
		.toLowerCase();
	if (code.length !== CODE_LENGTH) return null;
	const [row] = await db.read
		.select()
		.from(certificate)
		.where(eq(certificate.codeHash, hashSecret(code)));
	if (!row?.sealed) return null;
	const contact = await gating.people.contact(row.personId);
	const held = await occurrenceById(db.read, row.occurrenceId);
	return contact?.name && held ? certificateOf({ occurrence: held }, contact.name, row, code) : null;
}

/** Whole minutes that a certificate names. */
const minutesOf = ({ liveMinutes, replayMinutes }: Achievements): number => liveMinutes + replayMinutes;

async function rowOf(handle: Handle, occurrenceId: string, personId: string) {
	const [row] = await handle
		.select()
		.from(certificate)
		.where(and(eq(certificate.occurrenceId, occurrenceId), eq(certificate.personId, personId)));
	return row ?? null;
}

function certificateOf(
	{ occurrence }: Pick<Place, 'occurrence'>,
	name: string,
	{ minutes, issuedAt }: { readonly minutes: number; readonly issuedAt: Date },
	code: string,
): Certificate {
	const { title, startsAt, timeZone, mode } = occurrence;
	return { name, title, heldAt: mode === 'on-demand' ? null : startsAt, timeZone, minutes, issuedAt, code: grouped(code) };
}

const grouped = (code: string): string => (code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-').toUpperCase();
