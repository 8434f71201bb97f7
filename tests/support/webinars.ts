import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Form, Snapshot, Webinar } from '#cms/content.ts';
import { silentLog as log } from '#kernel/log.ts';
import { folderFileStore } from '#kernel/files.ts';
import { createKeys } from '#kernel/keys.ts';
import { systemRandom } from '#kernel/id.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { createWebinars, type RegisterInput } from '#webinar';
import { aSite, type Browser, createGate, paperForm, networkAt } from '#tests/support/gate.ts';

import { memoryRooms } from '../../webinar/room/memory.ts';
import { occurrence } from '../../webinar/schema.ts';

const both = (text: string) => ({ en: text, 'zh-CN': `${text}(中)` });
const none = { en: '', 'zh-CN': '' };

/** A simulive of three minutes on Monday, 3 March 2026, 10:00 UTC: one day and one hour after the gate's clock begins. */
export const aWebinar = (over: Partial<Webinar> = {}): Webinar => ({
	type: 'webinars',
	id: 'w1',
	slug: 'sizing',
	languages: ['en', 'zh-CN'],
	title: both('Sizing a servo axis'),
	summary: none,
	publishedAt: new Date(0),
	unpublishAt: null,
	updatedAt: new Date(0),
	topics: [],
	industries: [],
	roles: [],
	seoTitle: none,
	seoDescription: none,
	mode: 'simulive',
	body: none,
	startsAt: new Date('2026-03-03T10:00:00Z'),
	repeats: 'none',
	sessions: [],
	place: none,
	needsApproval: false,
	trailer: null,
	timeZone: 'Europe/Zurich',
	durationMinutes: 3,
	capacity: null,
	speakers: ['karin'],
	agenda: [],
	products: [],
	series: null,
	stageRole: 'consideration',
	cover: null,
	formKey: 'webinar',
	captions: { en: null, 'zh-CN': null },
	survey: null,
	handout: { en: null, 'zh-CN': null },
	rewards: [],
	video: {
		id: 'video-1',
		filename: 'v.webm',
		description: '',
		mediaType: 'video/webm',
		sizeBytes: 9,
		width: 1280,
		height: 720,
		version: '1',
		isPublic: false,
	},
	moments: [
		{ atSeconds: 5, kind: 'chat', key: 'm1', author: 'karin', text: both('Good day.'), options: [], target: null },
		{
			atSeconds: 45,
			kind: 'poll',
			key: 'm2',
			author: null,
			text: both('Where was it wrong?'),
			options: [both('Torque'), both('Heat')],
			target: null,
		},
		{ atSeconds: 150, kind: 'resource', key: 'm3', author: null, text: none, options: [], target: 'white_papers/p1' },
	],
	...over,
});

/** Webinars on gating and a real database, with a clock to turn, content to change and mails to read. */
export async function createHall(webinars: readonly Webinar[] = [aWebinar()], forms: readonly Form[] = FORMS) {
	const content = { snapshot: site(webinars, forms) };
	const gate = await createGate({ content: () => content.snapshot });
	const { mails } = gate;
	const now = () => gate.clock.at;
	const rooms = memoryRooms(now);
	const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);
	const deps = {
		db: gate.db,
		keys,
		now,
		random: systemRandom,
		log,
		origin: 'https://hub.example',
		content: () => content.snapshot,
		gating: gate.gating,
		rooms,
		uploadFolder: mkdtempSync(join(tmpdir(), 'foyer-uploads-')),
		recordings: folderFileStore(join(mkdtempSync(join(tmpdir(), 'foyer-recordings-')), 'files')),
	};
	const hall = createWebinars(deps);
	gate.sessions.push(hall.history.imported);
	gate.whenProved.push(hall.whenProved);
	gate.personalData.push(hall.personalData);
	const outbox = createOutbox({ db: gate.db, now, random: systemRandom, log, handlers: hall.handlers });
	let networks = 0;
	await hall.syncSchedule(content.snapshot);

	const input = async (browser: Browser, answers: Record<string, string> = {}, more: Partial<RegisterInput> = {}): Promise<RegisterInput> => ({
		slug: 'sizing',
		occurrenceId: null,
		answers: { name: 'Ada Keller', email: 'ada.keller@packline.example', company: 'Packline AG', jobTitle: 'Design engineer', ...answers },
		consents: [],
		locale: 'en',
		timeZone: 'Europe/Berlin',
		visitor: await browser.who(),
		network: networkAt((networks += 1)),
		channel: 'direct',
		trap: { honeypot: '', challenge: null },
		...more,
	});
	const deliver = async (): Promise<number> => {
		const before = mails.length;
		while ((await outbox.runDue()) > 0);
		return mails.length - before;
	};
	/** Of the last mail, or of the last to somebody. */
	const lastToken = (email?: string): string => {
		const mail = mails.findLast(({ to, text }) => (email === undefined || to === email) && (email === undefined || text.includes('/j/')));
		return /\/j\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
	};

	return {
		gate,
		hall,
		deps,
		rooms,
		mails,
		deliver,
		input,
		lastToken,
		/** Id of the first occurrence. */
		occurrenceId: async (): Promise<string> => (await gate.db.read.select({ id: occurrence.id }).from(occurrence))[0]?.id ?? '',
		/** Somebody of staff who runs the first occurrence. */
		host: async () => {
			const staff = { id: 'h1', name: 'Rosa Host', email: 'rosa@halden.example', role: 'host' as const };
			const [first] = await gate.db.read.select({ id: occurrence.id }).from(occurrence);
			return hall.stage.requireHost(staff, { actor: 'staff:h1', origin: '' }, first?.id ?? '');
		},
		/** A second hub on the same database. */
		secondHub: (over: Partial<typeof deps> = {}) => createWebinars({ ...deps, ...over }),
		at: (instant: string) => (gate.clock.at = new Date(instant)),
		publish: async (next: readonly Webinar[]): Promise<number> => hall.syncSchedule((content.snapshot = site(next, forms))),
		/** Publishes a whole site. */
		republish: async (snapshot: Snapshot): Promise<number> => hall.syncSchedule((content.snapshot = snapshot)),
		/** Registers through a browser of its own and uses the mailed link. */
		attend: async (email: string, more: Partial<RegisterInput> = {}): Promise<Browser> => {
			const browser = gate.browser();
			await hall.register(await input(browser, { email, name: email.split('@')[0] ?? '' }, more));
			await deliver();
			const outcome = await hall.join.accept(lastToken(email), await browser.use());
			if (outcome.status === 'joined') browser.take(outcome.setCookies);
			return browser;
		},
		close: () => gate.close(),
	};
}

const FORMS: readonly Form[] = [paperForm, { ...paperForm, id: 'form-webinar', key: 'webinar' }];

function site(webinars: readonly Webinar[], forms: readonly Form[]): Snapshot {
	const karin = { id: 's1', slug: 'karin', name: both('Karin'), role: none, bio: none, portrait: null };
	return aSite({ webinars, speakers: [karin], forms });
}

export type Hall = Awaited<ReturnType<typeof createHall>>;
