import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import type { SearchQuery, Visitor } from '#gating';
import { marketer } from '#tests/support/channels.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { readSearch, readSearches } from '../../gating/search-log/report.ts';
import { EVERYBODY } from '../../gating/tag/condition.ts';
import { searchAsker, searchWords, staffMember } from '../../gating/schema.ts';

let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const ALL: SearchQuery = { from: '2000-01-01', to: '2100-01-01', locale: '', segment: '' };
const searches = () => gate.gating.searches;
const report = (over: Partial<SearchQuery> = {}) => readSearches(gate.db.read, { ...ALL, ...over, segment: null });

async function ask(query: string, over: { results?: number; visitorId?: string | null; userAgent?: string; locale?: 'en' | 'zh-CN' } = {}) {
	searches().note({ query, locale: 'en', results: 4, visitorId: null, userAgent: BROWSER, ...over });
	await searches().settled();
}

/** A browser that agreed: what it sends after the page of results is there. */
async function agree(visitorId: string): Promise<(query: string, results: number, clicks?: readonly number[]) => Promise<void>> {
	const visitor: Visitor = { ...(await gate.browser().who()), visitorId, consents: new Set(['analytics']) };
	return async (query, results, clicks = []) => {
		await ask(query, { results, visitorId });
		const queryHash = gate.gating.events.hashQuery(query);
		const event = (type: string, subject: string, props: object) => ({ id: randomUUID(), type, at: gate.clock.at.toISOString(), subject, props });
		const events = [
			event('search.query', '', { results, locale: 'en', queryHash }),
			...clicks.map((position) => event('search.click', `articles:a${position}`, { position, queryHash })),
		]; // prettier-ignore
		const { accepted } = await gate.gating.events.ingest({ events, visitor, userAgent: BROWSER, receivedAt: gate.clock.at });
		expect(accepted).toBe(events.length);
	};
}

describe('words of a query', () => {
	test('are shown once it was asked on three days, by whomever', async () => {
		for (const day of [1, 2, 3]) {
			await ask(' Bearing  Noise ');
			await ask('bearing noise', { results: 0 });
			expect((await report()).lines.length).toBe(day === 3 ? 1 : 0);
			expect(gate.bytes().includes('bearing noise')).toBe(day === 3 && gate.db.dialect === 'sqlite');
			gate.pass(DAY_MS);
		}
		expect(await report()).toMatchObject({
			lines: [{ words: 'bearing noise', locale: 'en', asked: 6, unanswered: 3, measured: 0, opened: 0, position: null }],
			hidden: { queries: 0, asked: 0, personal: 0 },
		});
	});

	test('are shown once three browsers that agreed asked it, and which these were is then forgotten', async () => {
		for (const [index, visitorId] of ['v1', 'v1', 'v2', 'v3'].entries()) {
			await ask('encoder', { visitorId });
			expect((await report()).lines.length).toBe(index === 3 ? 1 : 0);
		}
		expect(await gate.db.read.$count(searchAsker)).toBe(0);
		expect(await report()).toMatchObject({ hidden: { queries: 0 }, total: { asked: 4 } });
	});

	test('that few asked are counted, and go with time', async () => {
		await ask('ada keller');
		await ask('ada keller');
		expect(await report()).toMatchObject({ lines: [], hidden: { queries: 1, asked: 2, personal: 0 }, total: { asked: 2 } });
		gate.pass(31 * DAY_MS);
		await gate.gating.privacy.upkeep.runRetention(marketer);
		await createJobs({ db: gate.db, now: () => gate.clock.at, log: silentLog, handlers: gate.gating.privacy.upkeep.jobs }).runDue();
		expect(await gate.db.read.$count(searchWords)).toBe(0);
		expect(await report()).toMatchObject({ hidden: { queries: 1, asked: 2 } });
	});

	test.each(['ada.keller@packline.example', '+41 79 555 01 61', '13800138000'])('that look like somebody are never kept: %s', async (query) => {
		for (let day = 0; day < 4; day++) {
			await ask(query, { visitorId: `v${day}` });
			gate.pass(DAY_MS);
		}
		expect(await report()).toMatchObject({ lines: [], hidden: { queries: 0, personal: 4 }, total: { asked: 4 } });
		expect(await gate.db.read.$count(searchWords)).toBe(0);
		expect(gate.bytes()).not.toContain(query);
	});

	test('of programs are not counted', async () => {
		await ask('bearing', { userAgent: 'curl/8.5.0' });
		await ask('bearing', { userAgent: '' });
		expect((await report()).total.asked).toBe(0);
	});
});

describe('the report', () => {
	test('golden: click-through and mean position come from those who agreed, once a browser and day', async () => {
		const [one, two, three] = [await agree('v1'), await agree('v2'), await agree('v3')];
		await one('servo', 12, [1]);
		await one('servo', 12, [4]); // looked again the same day
		await two('servo', 12);
		await three('servo', 12, [7]);
		await ask('servo');
		await ask('servo', { locale: 'zh-CN' });
		const { lines, total } = await report();
		expect(lines).toMatchObject([{ words: 'servo', locale: 'en', asked: 5, unanswered: 0, measured: 3, opened: 2, position: 4 }]);
		expect(total).toMatchObject({ asked: 6, measured: 3, opened: 2 });
		const id = lines[0]!.id;
		expect(await readSearch(gate.db.read, { id, scope: { ...ALL, segment: null } })).toMatchObject({
			words: 'servo',
			days: [{ day: '2026-03-02', asked: 5, unanswered: 0 }],
			opens: [
				{ subject: 'articles:a1', count: 1, position: 1 },
				{ subject: 'articles:a4', count: 1, position: 4 },
				{ subject: 'articles:a7', count: 1, position: 7 },
			],
			people: [],
		});
		expect(await readSearch(gate.db.read, { id: 'en:nothing', scope: { ...ALL, segment: null } })).toBeNull();
	});

	test('is of a period and a language', async () => {
		for (const visitorId of ['v1', 'v2', 'v3']) await ask('变频器', { locale: 'zh-CN', visitorId });
		gate.pass(10 * DAY_MS);
		await ask('变频器', { locale: 'zh-CN', results: 0 });
		expect((await report({ from: '2026-03-10' })).lines).toMatchObject([{ words: '变频器', asked: 1, unanswered: 1 }]);
		expect((await report({ to: '2026-03-09' })).lines).toMatchObject([{ words: '变频器', asked: 3, unanswered: 0 }]);
		expect((await report({ locale: 'en' })).total.asked).toBe(0);
	});

	test('of a segment holds what its leads did, and names them', async () => {
		const visitor = await agree('v1');
		await visitor('gearbox', 0);
		for (const visitorId of ['v2', 'v3']) await (await agree(visitorId))('gearbox', 3);
		const known = gate.browser();
		await gate.gating.forms.submit(gate.form(await known.who()));
		const confirmed = await gate.gating.access.confirm((await gate.deliver()) ?? '', await known.use());
		if (confirmed.status !== 'confirmed') throw new Error(confirmed.status);
		const { personId } = confirmed;
		await gate.db.write((tx) => gate.gating.events.adoptHistory(tx, 'v1', personId));
		const segment = await gate.gating.segments.save({ name: 'Everybody', conditions: EVERYBODY }, marketer);
		const { lines } = await searches().report({ ...ALL, segment });
		expect(lines).toMatchObject([{ words: 'gearbox', asked: 1, unanswered: 1, measured: 1 }]);
		expect((await searches().detail(lines[0]!.id, { ...ALL, segment }))?.people).toMatchObject([{ results: 0, opened: 0 }]);
		await expect(searches().report({ ...ALL, segment: 'nothing' })).rejects.toThrow('no such segment');
	});

	test('is a file that no spreadsheet takes for formulas', async () => {
		for (const visitorId of ['v1', 'v2', 'v3']) await ask('=cmd', { visitorId });
		expect(searches().csv(await report(), ['Query', 'Language'])).toBe("\u{FEFF}Query,Language\r\n'=cmd,en,3,0,0,0,\r\n");
	});
});

describe('a task', () => {
	const staff = async () => {
		await gate.db.write((tx) => tx.insert(staffMember).values({ id: 's1', name: 'Anna', role: 'marketer', seenAt: gate.clock.at, leftAt: null }));
		for (const visitorId of ['v1', 'v2', 'v3']) await ask('cleanroom', { visitorId, results: 0 });
		return (await report()).lines[0]!.id;
	};

	test('is given to somebody once, done, and opened again', async () => {
		const wordsId = await staff();
		const { tasks } = searches();
		const id = await tasks.add({ wordsId, assignee: 's1', note: ' An article on cleanrooms ' }, marketer);
		expect(await tasks.add({ wordsId, assignee: 's1', note: 'Two articles' }, marketer)).toBe(id);
		expect(await tasks.list()).toMatchObject([{ id, words: 'cleanroom', locale: 'en', assignee: 's1', note: 'Two articles', doneAt: null }]);
		await tasks.settle(id, true, marketer);
		expect((await tasks.list())[0]?.doneAt).toEqual(gate.clock.at);
		await tasks.settle(id, false, marketer);
		expect((await tasks.list())[0]?.doneAt).toBeNull();
	});

	test('is refused for nobody, for a query that is not shown, and with too long a note', async () => {
		const wordsId = await staff();
		const { tasks } = searches();
		await expect(tasks.add({ wordsId, assignee: 'nobody', note: '' }, marketer)).rejects.toMatchObject({ code: 'invalid' });
		await expect(tasks.add({ wordsId: 'en:nothing', assignee: 's1', note: '' }, marketer)).rejects.toMatchObject({ code: 'not-found' });
		await expect(tasks.add({ wordsId, assignee: 's1', note: 'x'.repeat(501) }, marketer)).rejects.toMatchObject({ code: 'invalid' });
		await expect(tasks.settle('nothing', true, marketer)).rejects.toMatchObject({ code: 'not-found' });
	});
});
