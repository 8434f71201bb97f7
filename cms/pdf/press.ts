import { hkdfSync } from 'node:crypto';
import type { Readable } from 'node:stream';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, HOUR_MS, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { hashSecret, type Random } from '#kernel/id.ts';
import type { KeptFile, KeptFiles } from '#kernel/kept-files.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';

import type { Asset, ContentProblem, Locale, Snapshot } from '../content.ts';
import type { PosterPaper } from '../poster/draw.ts';
import type { PosterText } from '../poster/layout.ts';
import type { SharePictureText } from '../share-picture/draw.ts';
import type { BriefText } from './brief.ts';
import type { CertificateText } from './certificate.ts';
import type { PrintRequest } from './print-worker.ts';
import type { ReportText } from './report.ts';
import { type BrochureRequest, brochureText, drawingsOf } from './brochure-text.ts';
import { createPrinter } from './printer.ts';
import { bytesOf, type OpenAsset, pictureOf } from './source.ts';
import type { TicketText } from './ticket.ts';

const BROCHURE_MS = DAY_MS;
const STAMPED_MS = 30 * DAY_MS;
const PICTURE_MS = 90 * DAY_MS;
const POSTER_MS = 30 * DAY_MS;
const BRIEF_MS = HOUR_MS;
/** What may wait for the thread, by how long readers would: one brochure takes a second or two. */
const MOST = { brochures: 16, pictures: 60, all: 200 } as const;
/** A thread takes half a second to start, and holds some 90 MB. */
const IDLE_MS = 10_000;
/** Larger files are handed out as they are: a thread would need several times their size in memory. */
const LARGEST_STAMPED = 160 * 1_048_576;

/** A file ready to be sent. */
export interface PrintedFile {
	readonly file: KeptFile;
	/** Bytes `start` to `end`, both included, or all. */
	read(range?: { readonly start: number; readonly end: number }): Promise<Readable>;
}

export type BrochureOutcome =
	/** Whoever knows `secret` can read the file, and nobody else, the hub included. */
	{ readonly status: 'made'; readonly secret: string } | { readonly status: 'busy' } | { readonly status: 'failed' };

export interface StampRequest {
	readonly asset: Asset;
	readonly filename: string;
	readonly personId: string;
	readonly grantId: string;
	readonly locale: Locale;
	readonly itemId: string;
}

export interface PosterRequest {
	readonly text: PosterText;
	readonly picture: Asset | null;
	readonly format: 'png' | 'pdf';
	/** Size of a PDF; left out: A4. */
	readonly paper?: PosterPaper;
	/** Whose link is on it: the file is theirs. Null for a link that is nobody's own. */
	readonly personId: string | null;
}

export type StampOutcome =
	| { readonly status: 'stamped'; readonly printed: PrintedFile }
	/** No line can be written on this file: readers get it as it is. */
	| { readonly status: 'plain' }
	| { readonly status: 'busy' };

/** Makes files for readers beside the main thread, once each, and keeps them for a time. */
export interface Press {
	/** Products of `request` that are not published are left out; the caller checks that some are. */
	brochure(request: BrochureRequest, personId: string | null): Promise<BrochureOutcome>;
	/** Null when the secret is unknown or the file has expired. */
	openBrochure(secret: string): Promise<PrintedFile | null>;
	/** `name` changes with everything that the picture shows. Null when it cannot be made at this moment. */
	sharePicture(name: string, text: SharePictureText, picture: Asset | null): Promise<PrintedFile | null>;
	/** The file with its reader's name on each page. */
	stamped(request: StampRequest): Promise<StampOutcome>;
	/** A poster with a link; null when it cannot be drawn at this moment, or they were erased. */
	poster(request: PosterRequest): Promise<PrintedFile | null>;
	/** One page about a person's lead; null when it cannot be set at this moment, or they were erased. */
	brief(text: BriefText, personId: string): Promise<PrintedFile | null>;
	/** A certificate of attendance; null when it cannot be set at this moment, or its holder was erased. */
	certificate(text: CertificateText, personId: string): Promise<PrintedFile | null>;
	/** A ticket to an event; null as with a certificate. */
	ticket(text: TicketText, personId: string): Promise<PrintedFile | null>;
	/** Reports as a PDF; about nobody, and not kept. @throws DomainError unavailable when too much waits. @throws Error when it cannot be set */
	report(text: ReportText): Promise<Uint8Array>;
	/** Files of published papers that no line could be written on. */
	problems(): readonly ContentProblem[];
	close(): Promise<void>;
}

export interface PressDeps {
	readonly db: Database;
	readonly files: KeptFiles;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	readonly origin: string;
	readonly content: () => Snapshot;
	readonly asset: OpenAsset;
	/** Name and mail; null when erased. */
	readonly contact: (personId: string) => Promise<{ readonly name?: string; readonly email: string } | null>;
	readonly fileKey: (personId: string, context: string) => Promise<Buffer | null>;
}

export function createPress(deps: PressDeps): Press {
	const { files, keys, now, log, content, asset } = deps;
	const printer = createPrinter({ most: MOST.all, idleMs: IDLE_MS, isPatient: true });
	/** Versions of files that cannot be stamped: not tried again. */
	const refused = new Map<string, string>();

	const opened = (file: KeptFile, key: Buffer | null): PrintedFile => ({ file, read: (range) => files.read(file, key, range) });

	const brochure = async (request: BrochureRequest, personId: string | null): Promise<BrochureOutcome> => {
		const text = brochureText(content(), request, deps.origin, now());
		const drawings = drawingsOf(content(), request);
		// The same words and pictures for the same reader are the same file; without the hub's key nobody can tell its address.
		const secret = keys.mac('brochure', JSON.stringify([text, drawings.map((drawing) => drawing?.version ?? ''), personId]));
		const id = brochureId(secret);
		if ((await files.find(id)) === null && printer.waiting() >= MOST.brochures) return { status: 'busy' };
		try {
			await files.keep(
				{ id, key: brochureKey(secret), personId, mediaType: 'application/pdf', filename: brochureName(request, now()), keptForMs: BROCHURE_MS },
				async () => {
					const pictures = await Promise.all(drawings.map(async (drawing) => drawing && pictureOf(asset, drawing)));
					const { bytes, pages } = await printer.print({ kind: 'brochure', text, drawings: pictures });
					return { bytes, detail: { pages } };
				},
			);
			return { status: 'made', secret };
		} catch (error) {
			if (error instanceof DomainError && error.code === 'unavailable') return { status: 'busy' };
			log.error({ err: error }, 'a brochure could not be made');
			return { status: 'failed' };
		}
	};

	const stamp = async (request: StampRequest, id: string, key: Buffer): Promise<KeptFile> => {
		const contact = await deps.contact(request.personId);
		if (!contact) throw new DomainError('not-found', 'The reader was erased.');
		const stampId = keys.mac('stamp', id).slice(0, 22);
		const { locale, filename, personId } = request;
		const kept = await files.keep({ id, key, personId, mediaType: 'application/pdf', filename, keptForMs: STAMPED_MS }, async () => {
			const date = localDate(now(), locale, content().site.timeZone);
			const original = await bytesOf(asset, request.asset);
			return printer
				.print({ kind: 'stamp', original, text: { locale, name: contact.name ?? '', mail: contact.email, date, id: stampId } })
				.then(({ bytes, pages }) => ({
					bytes,
					detail: { pages },
				}));
		});
		return kept;
	};

	/** One page about a person, kept under their key. */
	const onePage = async (
		name: string,
		print: Extract<PrintRequest, { kind: 'brief' | 'certificate' | 'ticket' }>,
		personId: string,
	): Promise<PrintedFile | null> => {
		const { text } = print;
		const id = `${name}:${keys.mac(name, JSON.stringify([text, personId])).slice(0, 43)}`;
		const key = await deps.fileKey(personId, id);
		if (key === null || ((await files.find(id)) === null && printer.waiting() >= MOST.pictures)) return null;
		const request = { id, key, personId, mediaType: 'application/pdf', filename: `${name}-${text.locale}.pdf`, keptForMs: BRIEF_MS };
		try {
			return opened(await files.keep(request, async () => printer.print(print)), key);
		} catch (error) {
			log.error({ err: error }, `one page could not be set: ${name}`);
			return null;
		}
	};

	return Object.freeze<Press>({
		brochure,
		openBrochure: async (secret) => {
			const file = await files.find(brochureId(secret));
			return file && opened(file, brochureKey(secret));
		},
		sharePicture: async (name, text, picture) => {
			const id = `share:${name}`;
			const known = await files.find(id);
			if (known) return opened(known, null);
			if (printer.waiting() >= MOST.pictures) return null;
			try {
				const request = { id, key: null, personId: null, mediaType: 'image/png', filename: `${text.locale}.png`, keptForMs: PICTURE_MS };
				const file = await files.keep(request, async () =>
					printer.print({ kind: 'share-picture', text, picture: picture && (await pictureOf(asset, picture)) }),
				);
				return opened(file, null);
			} catch (error) {
				log.error({ err: error, name }, 'a picture of a link could not be drawn');
				return null;
			}
		},
		stamped: async (request) => {
			const { asset: original, personId, grantId, itemId } = request;
			const version = `${original.id}.${original.version}`;
			if (original.mediaType !== 'application/pdf' || original.sizeBytes > LARGEST_STAMPED || refused.has(version)) return { status: 'plain' };
			const id = `stamp:${grantId}:${version}`;
			const key = await deps.fileKey(personId, id);
			if (key === null) return { status: 'plain' };
			try {
				const isNew = (await files.find(id)) === null;
				const file = await stamp(request, id, key);
				if (isNew) await recordStamp(deps, { personId, itemId, stamp: keys.mac('stamp', id).slice(0, 22) });
				return { status: 'stamped', printed: opened(file, key) };
			} catch (error) {
				if (error instanceof DomainError && error.code === 'unavailable') return { status: 'busy' };
				log.warn({ err: error, asset: original.id }, 'a file could not be stamped: its readers get it without their names');
				refused.set(version, original.filename);
				return { status: 'plain' };
			}
		},
		poster: async ({ text, picture, format, paper = 'a4', personId }) => {
			const id = `poster:${keys.mac('poster', JSON.stringify([text, picture?.version ?? '', format, paper, personId])).slice(0, 43)}`;
			const key = personId === null ? null : await deps.fileKey(personId, id);
			if ((personId !== null && key === null) || ((await files.find(id)) === null && printer.waiting() >= MOST.pictures)) return null;
			const mediaType = format === 'png' ? 'image/png' : 'application/pdf';
			try {
				const request = {
					id,
					key,
					personId,
					mediaType,
					filename: `poster-${format === 'pdf' ? `${paper}-` : ''}${text.locale}.${format}`,
					keptForMs: POSTER_MS,
				};
				const file = await files.keep(request, async () =>
					printer.print({ kind: 'poster', format, paper, text, picture: picture && (await pictureOf(asset, picture)) }),
				);
				return opened(file, key);
			} catch (error) {
				log.error({ err: error }, 'a poster could not be drawn');
				return null;
			}
		},
		report: async (text) => (await printer.print({ kind: 'report', text })).bytes,
		brief: (text, personId) => onePage('brief', { kind: 'brief', text }, personId),
		certificate: (text, personId) => onePage('certificate', { kind: 'certificate', text }, personId),
		ticket: (text, personId) => onePage('ticket', { kind: 'ticket', text }, personId),
		problems: () =>
			content().whitePapers.flatMap(({ id, slug, pdf }) =>
				Object.values(pdf).flatMap((file): ContentProblem[] => {
					const detail = file && refused.get(`${file.id}.${file.version}`);
					return detail ? [{ code: 'unstampable-file', collection: 'white_papers', itemId: id, slug, detail }] : [];
				}),
			),
		close: printer.close,
	});
}

async function recordStamp(
	{ db, now, random }: PressDeps,
	{ personId, itemId, stamp }: { readonly personId: string; readonly itemId: string; readonly stamp: string },
): Promise<void> {
	const entry = { actor: `person:${personId}`, action: 'paper.stamp', subject: `white_papers:${itemId}`, origin: '', detail: { stamp } };
	await db.write(async (tx) => void (await recordAudit(tx, entry, now(), random)));
}

function brochureId(secret: string): string {
	return `brochure:${hashSecret(secret)}`;
}

function brochureKey(secret: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, 'foyer', 'brochure', 32));
}

function brochureName({ locale }: BrochureRequest, now: Date): string {
	return `${locale === 'en' ? 'brochure' : 'brochure-zh'}-${now.toISOString().slice(0, 10)}.pdf`;
}

function localDate(at: Date, locale: Locale, timeZone: string): string {
	return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'medium', timeZone }).format(at);
}
