import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Asset, ConsentText, Form, FormField, Snapshot, WhitePaper } from '#cms/content.ts';
import {
	createGating,
	type Gating,
	type ImportedSessions,
	type PersonalDataSource,
	type LinkUse,
	type SetCookie,
	type SubmitInput,
	type Visitor,
	type VisitorCookies,
	type WhenProved,
} from '#gating';
import type { Database } from '#kernel/database.ts';
import { folderFileStore } from '#kernel/files.ts';
import { createKeptFiles } from '#kernel/kept-files.ts';
import { newSecret, systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const both = (text: string) => ({ en: text, 'zh-CN': `${text}（中）` });
const none = { en: '', 'zh-CN': '' };

const field = (name: string, kind: FormField['kind'], isRequired: boolean): FormField => ({
	name,
	kind,
	isRequired,
	label: both(name),
	help: none,
	autocomplete: 'on',
	options: [],
	rule: null,
});

export const paperForm: Form = {
	id: 'form-paper',
	key: 'paper-default',
	title: both('Read the whole paper'),
	intro: none,
	submit: both('Send'),
	fields: [
		field('name', 'text', true),
		field('email', 'mail', true),
		field('company', 'company', true),
		field('jobTitle', 'job-title', true),
		field('region', 'text', false),
		field('industry', 'select', false),
		field('phone', 'phone', false),
	],
	consents: ['necessary', 'analytics', 'profiling', 'marketing.email'],
	mailRule: 'allow',
};

const file = (id: string): Asset => ({
	id,
	filename: `${id}.pdf`,
	description: '',
	mediaType: 'application/pdf',
	sizeBytes: 9,
	width: null,
	height: null,
	version: '1',
	isPublic: false,
});

const aPaper = (id: string): WhitePaper => ({
	type: 'white_papers',
	id,
	slug: id,
	languages: ['en', 'zh-CN'],
	title: both(`Paper ${id}`),
	summary: none,
	publishedAt: new Date(0),
	unpublishAt: null,
	updatedAt: new Date(0),
	topics: [],
	industries: [],
	roles: [],
	seoTitle: none,
	seoDescription: none,
	number: '1',
	subtitle: none,
	findings: { en: [], 'zh-CN': [] },
	pages: { en: [], 'zh-CN': [] },
	openPages: 1,
	readingMinutes: 1,
	stageRole: 'awareness',
	series: null,
	author: none,
	products: [],
	cover: null,
	pdf: { en: file(`asset-${id}-en`), 'zh-CN': null },
	formKey: 'paper-default',
});

const consents: ConsentText[] = [...paperForm.consents, 'personalisation'].map((purpose) => ({
	id: purpose,
	purpose,
	title: both(purpose),
	text: both(`What ${purpose} is for.`),
}));

const terms = [{ id: 't1', kind: 'industry' as const, slug: 'packaging', name: both('Packaging'), summary: none, cover: null }];

/** A small published site: two papers, forms and consent texts. */
export function aSite(over: Partial<Snapshot> = {}): Snapshot {
	return {
		revision: 1,
		takenAt: new Date(0),
		nextDueAt: null,
		whitePapers: [aPaper('p1'), aPaper('p2')],
		cases: [],
		articles: [],
		products: [],
		webinars: [],
		pages: [],
		categories: [],
		speakers: [],
		terms,
		forms: [paperForm, { ...paperForm, id: 'form-work', key: 'work-mail', mailRule: 'ask' }],
		consents,
		banners: [],
		slots: [],
		searchRules: [],
		mailTemplates: [],
		dealers: [],
		offers: [],
		site: {
			brand: 'Halden Drives',
			legalName: 'Halden Drives AG',
			foundedYear: 1961,
			logo: null,
			socialLinks: [],
			tagline: none,
			timeZone: 'Europe/Zurich',
			homeTitle: none,
			homeLead: none,
			contactEmail: 'hello@halden-drives.example',
			phone: '+41 52 555 01 61',
			address: none,
			competitorDomains: ['kestrel-motion.example'],
			knownCompanies: [],
			recipientAbroad: none,
		},
		...over,
	};
}

/** A network far from the others: /24s of one /16 are counted together. */
export const networkAt = (at: number): string => `${11 + (at % 200)}.${Math.floor(at / 200)}.0.0/24`;

/** A browser: keeps the cookies it is given, and is whoever they make it. */
export interface Browser {
	readonly cookies: VisitorCookies;
	who(): Promise<Visitor>;
	/** A link used here, with the address typed that it went to, or nothing. */
	use(email?: string | null): Promise<LinkUse>;
	take(setCookies: readonly SetCookie[]): void;
}

/** Gating on a real database, with a clock to turn and mails to read. */
export async function createGate(over: { readonly content?: () => Snapshot; readonly database?: Database; readonly mailer?: Mailer } = {}) {
	const { database: given } = over;
	const database: TestDatabase = given ? { db: given, folder: null, close: () => given.close() } : await createTestDatabase();
	const clock = { at: new Date('2026-03-02T09:00:00Z') };
	const now = () => clock.at;
	const mails: (Mail & { readonly personId: string })[] = [];
	const refusals = new Map<string, Error>();
	const mailer: Mailer = over.mailer ?? {
		send: async (mail, personId) => {
			const refusal = refusals.get(mail.to);
			if (refusal) throw refusal;
			mails.push({ ...mail, personId: personId ?? '' });
		},
		check: async () => 'ok',
		close: async () => undefined,
	};
	const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);
	const log = createLog('silent');
	const others = { sessions: Array<ImportedSessions>(), personalData: Array<PersonalDataSource>(), whenProved: Array<WhenProved>() };
	const gating: Gating = createGating({
		db: database.db,
		keys,
		now,
		random: systemRandom,
		log,
		mailer,
		origin: 'https://hub.example',
		timeZone: () => 'Europe/Zurich',
		content: over.content ?? (() => aSite()),
		directory: { signIn: async () => ({ status: 'refused' }), check: async () => ({ status: 'gone' }) },
		...others,
		files: createKeptFiles({
			...{ db: database.db, now, random: systemRandom, limitBytes: 1_000_000_000 },
			store: folderFileStore(join(database.folder ?? tmpdir(), 'files')),
		}),
	});
	const outbox = createOutbox({ db: database.db, now, random: systemRandom, log, handlers: gating.handlers });
	let networks = 0;

	return {
		gating,
		/** Where lists of sessions go, and what others keep of persons: pushed in by them. */
		...others,
		db: database.db,
		keys,
		clock,
		mails,
		database,
		/** From here on mail to this address is refused. */
		refuse: (address: string, refusal: Error) => void refusals.set(address, refusal),
		/** Moves the clock on. */
		pass: (milliseconds: number) => (clock.at = new Date(clock.at.getTime() + milliseconds)),
		/** Sends what waits, and returns the newest mail's link token; null when nothing was ever sent. */
		deliver: async (): Promise<string | null> => {
			await outbox.runDue();
			return /\/c\/(\S+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? null;
		},
		browser: (): Browser => {
			// It asked for something before: what it asks for next is its own at once.
			const jar = new Map([['foyer_ask', newSecret(systemRandom)]]);
			const cookies = {
				get visitor() {
					return jar.get('foyer_visitor');
				},
				get pass() {
					return jar.get('foyer_pass');
				},
				get consent() {
					return jar.get('foyer_consent');
				},
				get ask() {
					return jar.get('foyer_ask');
				},
			};
			return {
				cookies,
				who: () => gating.visitors.identify(cookies),
				use: async (email = null) => ({ visitor: await gating.visitors.identify(cookies), email, network: null }),
				take: (setCookies) => {
					for (const { name, value, maxAgeSeconds } of setCookies) maxAgeSeconds === 0 ? jar.delete(name) : jar.set(name, value);
				},
			};
		},
		/** A valid submission, each from a network of its own. */
		form: (visitor: Visitor, answers: Record<string, string> = {}, more: Partial<SubmitInput> = {}): SubmitInput => ({
			formKey: 'paper-default',
			subject: 'white_papers:p1',
			answers: { name: 'Ada Keller', email: 'ada.keller@packline.example', company: 'Packline AG', jobTitle: 'Design engineer', ...answers },
			consents: [],
			locale: 'en',
			timeZone: 'Europe/Berlin',
			visitor,
			network: networkAt((networks += 1)),
			channel: 'direct',
			trap: { honeypot: '', challenge: null },
			...more,
		}),
		/** Every byte of the SQLite files; '' on PostgreSQL, whose files are not ours to read. */
		bytes: (): string =>
			database.folder === null
				? ''
				: ['foyer.db', 'foyer.db-wal'].map((name) => readFileSync(`${database.folder ?? ''}/${name}`).toString('latin1')).join('\n'),
		close: () => database.close(),
	};
}

/** The file of paper p1. */
export const P1 = { subject: 'white_papers:p1', documentId: '' } as const;

export type Gate = Awaited<ReturnType<typeof createGate>>;
