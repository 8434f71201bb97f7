import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { project } from '#cms/read/project.ts';
import type { LeadQuery } from '#gating';
import { createGating } from '#gating';
import { openSqlite } from '#kernel/database-sqlite.ts';
import type { Database } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';
import { createLog } from '#kernel/log.ts';

import { fillWithDemo } from '../../scripts/demo/fill.ts';
import { line, median } from './children.ts';
import { sampleRows } from './fixture.ts';

const LEADS = Number(process.env['BENCH_LEADS'] ?? 20_000);
const ROUNDS = 5;
/** Milliseconds of the hub's own time for a page of the console, and for a funnel in the read worker. */
const [LIMIT, FUNNEL_LIMIT] = [150, 1_000];
const reader = { actor: 'staff:bench', origin: '', seesPeople: true };

/**
 * How long lists, lead pages, queues and the funnel take over many invented leads with 25 events each. `--leads 200000` for the size that the
 * limits are stated for; `--keep <file>` fills that database once and measures it again and again.
 */
export async function benchLeads(leads = LEADS, keep?: string): Promise<void> {
	const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'foyer-leads-')) : null;
	const file = keep ?? join(folder ?? '', 'foyer.db');
	const isFilled = existsSync(file);
	const db = openSqlite(file, { isFilling: !isFilled });
	const keys = createKeys([{ id: 'k', key: Buffer.alloc(32, 9) }], systemRandom);
	try {
		const content = project(await sampleRows(), new Date(), 1).snapshot;
		const begun = performance.now();
		if (!isFilled) {
			const done = await fillWithDemo({ db, keys, content, leads, events: leads * 25, seed: 1, now: new Date(), progress: () => undefined });
			const seconds = (performance.now() - begun) / 1_000;
			line(`${done.leads.toLocaleString('en')} leads made up`, `${seconds.toFixed(0)} s`, '', true, `${done.events.toLocaleString('en')} events`);
		}
		await measureAll(db, keys, content);
	} finally {
		await db.close();
		if (folder !== null) rmSync(folder, { recursive: true, force: true });
	}
}

async function measureAll(db: Database, keys: ReturnType<typeof createKeys>, content: ReturnType<typeof project>['snapshot']): Promise<void> {
	const gating = createGating({
		...{ db, keys, now: () => new Date(), random: systemRandom, log: createLog('silent'), origin: 'https://hub.example', personalData: [] },
		mailer: { send: async () => undefined, check: async () => 'ok', close: async () => undefined },
		...{ timeZone: () => content.site.timeZone, content: () => content },
		directory: { signIn: async () => ({ status: 'refused' }), check: async () => ({ status: 'gone' }) },
		files: { put: async () => undefined },
	} as unknown as Parameters<typeof createGating>[0]);
	await gating.scoring.start();
	const { leads, work, report, accounts, funnel } = gating;
	const agent = work.systemAgent(reader, false);

	const lists: readonly (readonly [string, LeadQuery])[] = [
		['all', {}],
		['by activity', { sort: 'activity' }],
		['by company', { sort: 'company' }],
		...(['score', 'activity', 'company'] as const).flatMap((sort) => [
			[`customers by ${sort}`, { stage: 'customer', sort }] as const,
			[`prospects by ${sort}`, { stage: 'prospect', sort }] as const,
			[`A1 by ${sort}`, { grade: 'A1', sort }] as const,
			[`in quarantine by ${sort}`, { workingState: 'quarantine', sort }] as const,
			[`of one owner by ${sort}`, { owner: 'demo-sales-1', sort }] as const,
		]),
		['active this week', { activeSince: new Date(Date.now() - 7 * 86_400_000) }],
		['new this month', { createdSince: new Date(Date.now() - 30 * 86_400_000) }],
		['SQLs in nurture', { stage: 'sql', workingState: 'nurture' }],
		['named Keller', { q: 'Keller' }],
		['at a company', { q: 'Alpen P' }],
	];
	for (const [name, query] of lists) await timed(`leads: ${name}`, LIMIT, async () => `${(await leads.list(query, reader)).items.length} shown`);
	for (const sort of ['score', 'activity', 'company'] as const) {
		let cursor: string | undefined;
		for (let page = 0; page < 20; page++) cursor = (await leads.list({ sort, limit: 200, cursor }, reader)).nextCursor ?? undefined;
		await timed(`leads: by ${sort}, behind 4,000`, LIMIT, async () => `${(await leads.list({ sort, cursor }, reader)).items.length} shown`);
	}
	const [busiest] = (await leads.list({ limit: 1 }, reader)).items;
	const id = busiest?.id ?? '';
	await timed('lead page', LIMIT, async () => {
		const [view] = [await leads.get(id, reader), await leads.timeline(id, reader), await work.view(id, reader, agent)];
		return `${view?.receipt.engagement.lines.length ?? 0} lines`;
	});
	for (const queue of ['screening', 'open', 'nurture', 'unassigned'] as const)
		await timed(`queue: ${queue}`, LIMIT, async () => `${(await work.queue({ queue, viewer: 'demo-sales-1' }, reader)).items.length} shown`);
	for (const sort of ['total', 'people', 'engaged', 'activity', 'name'] as const)
		await timed(`accounts by ${sort}`, LIMIT, async () => `${(await accounts.list({ sort })).count} in all`);
	await timed('overview', LIMIT, async () => `${(await report.overview()).leads} leads`);
	const usual = funnel.usual();
	const cases = [
		['90 days', usual],
		['two years', { ...usual, from: '2020-01-01' }],
		['MQLs of two years', { ...usual, entry: 'mql', from: '2020-01-01' }],
		['one channel', { ...usual, channel: 'fair' }],
	] as const;
	for (const [name, query] of cases)
		await timed(`funnel: ${name}`, FUNNEL_LIMIT, async () => `${(await funnel.read(query)).counts['at'] ?? 0} stand`);
	const cell = funnel.cellOf(await funnel.read(usual), 'came.identified.all');
	await timed('funnel: leads of a number', FUNNEL_LIMIT, async () => `${(await leads.list({ funnel: cell }, reader)).total ?? 0} leads`);
}

async function timed(name: string, limit: number, act: () => Promise<string>): Promise<void> {
	const times: number[] = [];
	let told = await act();
	for (let round = 0; round < ROUNDS; round++) {
		const start = performance.now();
		told = await act();
		times.push(performance.now() - start);
	}
	const took = median(times);
	line(name, `${took.toFixed(0)} ms`, `< ${limit} ms`, took < limit, told);
}

if (import.meta.main) {
	const { values } = parseArgs({ options: { leads: { type: 'string' }, keep: { type: 'string' } } });
	await benchLeads(values.leads === undefined ? LEADS : Number(values.leads), values.keep);
}
