import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CONSOLE_FILES as FILES, type Door, doorsOf, emptyAddressOf, NOBODY_THERE, outcomeOf } from '#tests/support/doors.ts';
import { API_BESIDE, API_RIGHTS } from '#tests/support/api-rights.ts';
import { PAGE_RIGHTS } from '#tests/support/rights.ts';
import { ADA, openRightsHub, type RightsHub, TODAY, WORDS } from '#tests/support/rights-hub.ts';
import { aStranger } from '#tests/support/stranger.ts';

import { can, STAFF_ROLES, type StaffAction, type StaffRole } from '../../gating/staff/can.ts';

/** `can` is held to a table of its own by its test; here every door is held to the rights that `rights.ts` names for it. */
const may = (role: StaffRole, right: string): boolean =>
	right === 'anybody signed in' || right === 'everybody' || right === 'public' || can(role, right as StaffAction);

let hub: RightsHub['hub'];
let staff: RightsHub['staff'];
let leads: RightsHub['leads'];
let addresses: RightsHub['addresses'];
let doors: readonly Door[];
let call: RightsHub['call'];
let enter: RightsHub['enter'];
let tokenWith: RightsHub['tokenWith'];
beforeAll(async () => {
	const opened = await openRightsHub();
	({ hub, staff, leads, addresses, call, enter, tokenWith } = opened);
	doors = doorsOf(opened.api);
}, 240_000);
afterAll(() => hub.close());

const expected = (role: StaffRole, right: string): string => (may(role, right) ? 'let in' : 'refused');

describe('pages of the console', () => {
	test('each has an entry in the table of rights, and each entry a page', () => {
		expect(Object.keys(PAGE_RIGHTS).sort()).toEqual([...FILES].sort());
	});

	test.each(STAFF_ROLES)('%s reads what the role may read', async (role) => {
		const wrong: string[] = [];
		for (const file of FILES) {
			const [outcome, right] = [outcomeOf(await staff[role].get(addresses.get(file)!)), expected(role, PAGE_RIGHTS[file]!.read)];
			if (outcome !== right) wrong.push(`${file}: ${outcome}, not ${right}`);
		}
		expect(wrong).toEqual([]);
	});

	test.each(STAFF_ROLES)('%s changes what the role may change', async (role) => {
		const wrong: string[] = [];
		for (const file of FILES) {
			const { read, change = read, acts = {}, isDownload } = PAGE_RIGHTS[file]!;
			if (change === 'everybody' || isDownload) continue;
			const path = addresses.get(file)!;
			const tries = [{ right: change, fields: { action: 'nothing' } }, ...Object.values(acts)];
			for (const { right, fields } of tries) {
				const outcome = outcomeOf(await staff[role].post(path, fields));
				if (outcome !== expected(role, right)) wrong.push(`${file} (${Object.values(fields).join(' ')}): ${outcome}, not ${expected(role, right)}`);
			}
		}
		expect(wrong).toEqual([]);
	});

	test('nobody reads or changes anything without signing in', async () => {
		const stranger = aStranger(hub, 'stranger');
		for (const file of FILES) {
			if (PAGE_RIGHTS[file]!.read === 'everybody') continue;
			expect([file, outcomeOf(await stranger.get(addresses.get(file)!))]).toEqual([file, 'not signed in']);
			if (PAGE_RIGHTS[file]!.isDownload) continue;
			expect([file, outcomeOf(await stranger.post(addresses.get(file)!, { action: 'nothing' }))]).toEqual([file, 'not signed in']);
		}
	});

	test('what is not there can be neither read nor changed, and says so', async () => {
		for (const file of FILES.filter((one) => one.includes('['))) {
			const { status } = await staff.admin.get(emptyAddressOf(file));
			expect([file, status]).toEqual([file, file === 'exports/[id]/file.ts' ? 303 : 404]);
			if (PAGE_RIGHTS[file]!.isDownload) continue;
			expect([file, outcomeOf(await staff.admin.post(emptyAddressOf(file), { action: 'nothing' }))]).toEqual([file, 'let in']);
		}
	});
});

describe('the API', () => {
	test('each operation has an entry in the table of rights, and each entry an operation', () => {
		expect(doors.map(({ name }) => name).sort()).toEqual(Object.keys(API_RIGHTS).sort());
	});

	test('what its description leaves out is known', () => {
		const source = readdirSync('site/api')
			.map((file) => readFileSync(join('site/api', file), 'utf8'))
			.join('\n');
		const beside = [...source.matchAll(/\bapi\.(get|post|put|patch|delete|all|use|on)\(\s*'([^']+)'/g)].map(
			([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
		);
		expect(beside.sort()).toEqual([...API_BESIDE].sort());
	});

	test.each(STAFF_ROLES)('answers %s as the role may', async (role) => {
		const wrong: string[] = [];
		for (const one of doors.filter(({ right }) => right !== 'public')) {
			const outcome = outcomeOf(await call(one, staff[role]));
			if (outcome !== expected(role, one.right)) wrong.push(`${one.name}: ${outcome}, not ${expected(role, one.right)}`);
		}
		expect(wrong).toEqual([]);
	});

	test('answers nobody without a session or a token, nor with one that is none', async () => {
		const wrong: string[] = [];
		for (const one of doors.filter(({ right }) => right !== 'public')) {
			for (const headers of [{}, { authorization: 'Bearer foyer_nonsense' }, { authorization: 'Basic YTpi' }, { cookie: 'foyer_staff=guess' }]) {
				const outcome = outcomeOf(await call(one, null, headers));
				if (outcome !== 'not signed in') wrong.push(`${one.name} ${JSON.stringify(headers)}: ${outcome}`);
			}
		}
		expect(wrong).toEqual([]);
	});

	test('answers a token as far as its rights go: with the one right it is let in, with all others it is not', async () => {
		const rights = [...new Set(doors.flatMap(({ tokenRight }) => tokenRight ?? []))].filter((right) => right !== 'public');
		const wrong: string[] = [];
		for (const right of rights) {
			const [only, others] = [await tokenWith([right]), await tokenWith(rights.filter((one) => one !== right))];
			for (const one of doors.filter((operation) => operation.tokenRight === right)) {
				if (only !== null) {
					const outcome = outcomeOf(await call(one, null, { authorization: `Bearer ${only}` }));
					if (outcome !== 'let in') wrong.push(`${one.name} with ${right} only: ${outcome}`);
				}
				const outcome = outcomeOf(await call(one, null, { authorization: `Bearer ${others!}` }));
				if (outcome !== 'refused') wrong.push(`${one.name} with all but ${right}: ${outcome}`);
			}
		}
		expect(wrong).toEqual([]);
	});
});

describe('sales works its own leads', () => {
	const acts: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
		['', { action: 'assign', account: '' }],
		['', { action: 'tag', tag: 'key-account' }],
		['', { access: 'revoke-all-passes' }],
		['/work', { action: 'log', kind: 'call', outcome: 'reached', at: `${TODAY}T00:01`, note: 'x' }],
		['/work', { action: 'take' }],
		['/work', { action: 'leave' }],
		['/work', { action: 'decide', disposition: 'disqualified', reason: 'duplicate', feedback: 'x' }],
		['/screening', { 'verdict.budget': 'credible', 'words.budget': 'x' }],
	];
	const calls = (lead: string): readonly (readonly [string, string, unknown])[] => [
		['POST', `/api/v1/leads/${lead}/interactions`, { kind: 'call', outcome: 'reached', at: new Date(Date.now() - 1_000).toISOString() }],
		['POST', `/api/v1/leads/${lead}/dispositions`, { kind: 'working' }],
		['POST', `/api/v1/leads/${lead}/screening`, { answers: [{ question: 'budget', verdict: 'unclear' }] }],
		['PUT', `/api/v1/leads/${lead}/tags/key-account`, undefined],
		['POST', `/api/v1/leads/${lead}/merge`, { leadId: leads.mine }],
		['POST', `/api/v1/leads/${leads.mine}/merge`, { leadId: lead }],
	];
	const send = (method: string, path: string, body: unknown) =>
		staff.sales.get(path, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			headers: { 'content-type': 'application/json', origin: hub.url },
		});

	test('what somebody else works can be read and not changed, whatever page or address is used', async () => {
		expect((await staff.sales.get(`/console/leads/${leads.theirs}`)).status).toBe(200);
		const before = await standingOf(leads.theirs);
		for (const [part, fields] of acts)
			expect([part, fields, (await staff.sales.post(`/console/leads/${leads.theirs}${part}`, fields)).status]).toEqual([part, fields, 403]);
		for (const [from, into] of [
			[leads.mine, leads.theirs],
			[leads.theirs, leads.mine],
		])
			expect((await staff.sales.post(`/console/leads/${into}`, { action: 'merge', other: from! })).status).toBe(403);
		for (const [method, path, body] of calls(leads.theirs)) expect([path, (await send(method, path, body)).status]).toEqual([path, 403]);
		expect(await standingOf(leads.theirs)).toEqual(before);
		const page = await (await staff.sales.get(`/console/leads/${leads.theirs}`)).text();
		expect(page).not.toMatch(/value="(?:assign|tag|merge|untag|revoke-all-passes)"/);
	});

	test('a merge of somebody else’s leads is not theirs to undo, nor a tag to take off', async () => {
		const other = await enter({ name: 'Dora Voss', email: 'dora.voss@kestrel-packaging.com', phone: '', company: 'Kestrel Packaging' });
		const merged = (await (await staff.marketer.json(`/api/v1/leads/${leads.theirs}/merge`, { leadId: other })).json()) as { mergeId: string };
		expect((await send('POST', `/api/v1/merges/${merged.mergeId}/undo`, undefined)).status).toBe(403);
		expect((await staff.sales.post(`/console/leads/${leads.mine}`, { action: 'undo', merge: merged.mergeId })).status).toBe(403);
		expect((await staff.marketer.json(`/api/v1/merges/${merged.mergeId}/undo`, {})).status).toBe(200);
		await staff.marketer.post(`/console/leads/${leads.theirs}`, { action: 'tag', tag: 'key-account' });
		const page = await (await staff.marketer.get(`/console/leads/${leads.theirs}`)).text();
		const mark = /name="mark" value="([^"]+)"/.exec(page)![1]!;
		expect((await staff.sales.post(`/console/leads/${leads.mine}`, { action: 'untag', mark })).status).toBe(403);
	});

	test('their own and nobody’s they change', async () => {
		for (const lead of [leads.mine, leads.free])
			for (const [part, fields] of acts.filter(([, { action }]) => action === 'tag' || action === 'log'))
				expect([part, fields, (await staff.sales.post(`/console/leads/${lead}${part}`, fields)).status]).toEqual([part, fields, 303]);
	});
});

async function standingOf(lead: string): Promise<unknown> {
	const { stage, workingState, owner, interactions, dispositions } = (await (await staff.admin.get(`/api/v1/leads/${lead}/work`)).json()) as Record<
		string,
		unknown
	>;
	return { stage, workingState, owner, interactions, dispositions };
}

describe('an analyst', () => {
	test('is shown numbers, and of nobody a name, an address, a phone or a word, on any page', async () => {
		const read: string[] = [];
		for (const path of [...addresses.values(), `/console/leads/${leads.theirs}`, `/console/leads?q=${ADA.email}`, '/console/leads?q=Zephyrine'])
			for (const language of ['en', 'zh-CN']) {
				const answer = await staff.analyst.get(path, { headers: { 'accept-language': language } });
				const html = (await answer.text()).replaceAll(/value="[^"]*"/g, (value) => (path.includes('?q=') ? '' : value));
				if (answer.status === 200) read.push(path);
				expect([path, WORDS.filter((word) => html.includes(word))]).toEqual([path, []]);
			}
		expect(read.length).toBeGreaterThan(20);
		expect(read).toContain(`/console/leads/${leads.theirs}`);
		const marketer = await (await staff.marketer.get(`/console/leads/${leads.theirs}`)).text();
		expect(WORDS.filter((word) => !marketer.includes(word)).length).toBeLessThan(4);
	});

	test('finds nobody by name, address or phone', async () => {
		for (const q of ['Zephyrine', ADA.email, '+41445550147', '@kestrel-packaging.com']) {
			const { items } = (await (await staff.analyst.get(`/api/v1/leads?q=${encodeURIComponent(q)}`)).json()) as { items: unknown[] };
			expect([q, items]).toEqual([q, []]);
		}
	});

	test.each(['a session of the role', 'a token that may list and read scores'])('is told no personal data by the API, with %s', async (how) => {
		const token = how.startsWith('a token') ? await tokenWith(['leads.list', 'leads.receipt', 'channels.read', 'scoring.read']) : null;
		const told: string[] = [];
		for (const one of doors.filter(({ method, right }) => method === 'GET' && right !== 'public')) {
			const path = one.request.path.replace(NOBODY_THERE, leads.theirs);
			const request = { ...one, request: { ...one.request, path } };
			const answer = token === null ? await call(request, staff.analyst) : await call(request, null, { authorization: `Bearer ${token}` });
			const body = await answer.text();
			if (answer.status === 200) told.push(one.name);
			expect([one.name, WORDS.filter((word) => body.includes(word))]).toEqual([one.name, []]);
		}
		expect(told).toEqual(
			expect.arrayContaining(['GET /leads', 'GET /leads/{id}', 'GET /leads/{id}/timeline', 'GET /leads/{id}/work', 'GET /quotes']),
		);
	});
});
