import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { count, eq } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { createLog } from '#kernel/log.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { sealProfile } from '../../gating/identity/person.ts';
import { blockInsert } from '../../gating/import/blocks.ts';
import { event, lead, person } from '../../gating/schema.ts';
import { line } from './children.ts';

const LEADS = Number(process.env['BENCH_LEADS'] ?? 20_000);
const EVENTS_A_LEAD = Number(process.env['BENCH_EVENTS_A_LEAD'] ?? 50);
const LIMIT_S = 5;
const LOOP_LIMIT_MS = 20;
const LEADS_A_BODY = 100;
const EVENTS_A_BODY = 5_000;
const SUBJECTS = Array.from({ length: 200 }, () => randomUUID());
const TITLES = ['Design engineer', 'Head of maintenance', 'Buyer', 'Plant manager', '设备主管', '电气工程师', 'Quality engineer', 'CTO'];
const INDUSTRIES = ['packaging', 'food-beverage', 'mining', 'battery-cell', ''];
/** What a lead does, by share: pages most, papers and webinars seldom. */
const ACTS = [
	...Array.from({ length: 10 }, () => ['page.view', 'products', { path: '/products/motors/hs4-100' }] as const),
	...Array.from({ length: 5 }, () => ['page.view', 'articles', { path: '/articles/io-link-in-ten-minutes' }] as const),
	...Array.from({ length: 4 }, () => ['content.attention', 'white_papers', { seconds: 90, depth: 60 }] as const),
	...Array.from({ length: 2 }, () => ['search.query', '', { results: 4, locale: 'en', queryHash: 'h' }] as const),
	['download', 'white_papers', { locale: 'en' }],
	['webinar.attended', 'webinars', { occurrenceId: 'o', minutes: 34 }],
	['cta.click', 'products', { name: 'quote' }],
	['document.open', 'products', { kind: 'cad' }],
] as const;

/** Publishes a model over a million events while the main thread's turns are watched. */
export async function benchRescore(): Promise<void> {
	const gate = await createGate();
	Object.defineProperty(gate.clock, 'at', { get: () => new Date() });
	try {
		await gate.gating.scoring.start();
		await fillUp(gate);
		const { models } = gate.gating.scoring;
		const by = { actor: 'staff:m', origin: '', name: 'Mara' };
		const { revision, model } = await models.begin(by);
		const rule = { ...model.engagement.find(({ name }) => name === 'paper-downloaded'), points: 1_500 };
		const { draft } = await models.edit(revision, { kind: 'rule', part: 'engagement', was: 'paper-downloaded', rule }, by);
		await models.sign(draft.revision, 'marketing', 'm', by);
		await models.sign(draft.revision, 'sales', 's', { ...by, name: 'Sven' });
		const version = await models.publish(draft.revision, by);
		const jobs = createJobs({ db: gate.db, now: () => new Date(), log: createLog('error'), handlers: gate.gating.jobs });
		const { seconds, cpuSeconds, p99Ms, maxMs } = await watched(() => jobs.runDue());
		const [done] = await gate.db.read.select({ n: count() }).from(lead).where(eq(lead.modelVersion, version));
		if (done?.n !== LEADS) throw new Error(`${done?.n} of ${LEADS} leads have the new version`);
		const events = (LEADS * EVENTS_A_LEAD).toLocaleString('en');
		line(
			`re-score of ${LEADS.toLocaleString('en')} leads, ${events} events`,
			`${seconds.toFixed(1)} s`,
			`< ${LIMIT_S} s`,
			seconds < LIMIT_S,
			`all switch at once; ${cpuSeconds.toFixed(1)} s of processor time in all threads`,
		);
		line(
			'turns of the main thread meanwhile, p99',
			`${p99Ms.toFixed(0)} ms`,
			`< ${LOOP_LIMIT_MS} ms`,
			p99Ms < LOOP_LIMIT_MS,
			`longest ${maxMs.toFixed(0)} ms`,
		);
	} finally {
		await gate.close();
	}
}

const EVENT_COLUMNS = ['id', 'type', 'version', 'at', 'receivedAt', 'localDay', 'visitorId', 'personId', 'subject', 'props', 'basis'] as const;
const insertEvents = blockInsert('bench.event', event, EVENT_COLUMNS);

/** Events lie in the order in which they happened, as in a hub in use: those of one lead are far from each other. */
async function fillUp({ db, keys }: Gate): Promise<void> {
	const now = Date.now();
	const people = Array.from({ length: LEADS }, (_, n) => newId(new Date(now - 400 * DAY_MS + n * 1_000), systemRandom));
	for (let from = 0; from < LEADS; from += LEADS_A_BODY) {
		const numbers = Array.from({ length: Math.min(LEADS_A_BODY, LEADS - from) }, (_, at) => from + at);
		await db.write(async (tx) => {
			await tx.insert(lead).values(numbers.map((n) => leadRow(n, new Date(now - 400 * DAY_MS))));
			await tx.insert(person).values(numbers.map((n) => personRow(keys, n, people[n]!, new Date(now - 400 * DAY_MS))));
		});
	}
	const all = LEADS * EVENTS_A_LEAD;
	for (let from = 0; from < all; from += EVENTS_A_BODY) {
		const rows = Array.from({ length: Math.min(EVENTS_A_BODY, all - from) }, (_, at) => eventRow(from + at, all, people, now));
		await db.write((tx) => insertEvents(tx, rows));
	}
}

/** One in fifty changes stage; the others are where sales put them. */
const leadRow = (n: number, at: Date) => ({
	...{
		id: `lead-${String(n).padStart(8, '0')}`,
		stage: 'suspect',
		workingState: 'open',
		company: `Company ${n % 5_000}`,
		mailDomain: 'company.example',
	},
	...{ fit: 0, engagement: 0, total: 0, grade: 'D4', modelVersion: 1, scoredDay: '2000-01-01', hasDecay: true },
	...{ lastActivityAt: at, createdAt: at, mergedInto: null },
});

function personRow(keys: Gate['keys'], n: number, id: string, at: Date) {
	const dataKey = keys.newDataKey();
	const profile = {
		...{ name: `Person ${n}`, email: `p${n}@company-${n % 5_000}.example`, company: `Company ${n % 5_000}` },
		...{ jobTitle: TITLES[n % TITLES.length]!, industry: INDUSTRIES[n % INDUSTRIES.length]!, region: 'Bern' },
	};
	const leadId = `lead-${String(n).padStart(8, '0')}`;
	return { id, leadId, firstLeadId: leadId, dataKey, profile: sealProfile(keys, dataKey, profile), locale: 'en', timeZone: 'UTC', createdAt: at };
}

/** The `index`th event of a year, of whoever's turn it is. */
function eventRow(index: number, all: number, people: readonly string[], now: number): typeof event.$inferInsert {
	const n = (index * 7_919) % LEADS;
	const [type, kind, props] = ACTS[(n * 7 + Math.floor(index / LEADS) * 3) % ACTS.length]!;
	const at = new Date(now - 365 * DAY_MS + Math.floor((index / all) * 365 * DAY_MS));
	return {
		...{ id: randomUUID(), type, version: 1, at, receivedAt: at, localDay: at.toISOString().slice(0, 10), visitorId: null, personId: people[n]! },
		...{ subject: kind === '' ? '' : `${kind}:${SUBJECTS[index % SUBJECTS.length]}`, props, basis: 'consent' },
	};
}

interface Watched {
	readonly seconds: number;
	/** Of all threads; what others do on the machine is not in it. */
	readonly cpuSeconds: number;
	readonly p99Ms: number;
	readonly maxMs: number;
}

async function watched(work: () => Promise<unknown>): Promise<Watched> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const [began, before] = [performance.now(), process.cpuUsage()];
	await work();
	const seconds = (performance.now() - began) / 1_000;
	const { user, system } = process.cpuUsage(before);
	await pause(50); // or the last turn would not be seen
	delay.disable();
	return { seconds, cpuSeconds: (user + system) / 1e6, p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 };
}

if (import.meta.main) await benchRescore();
