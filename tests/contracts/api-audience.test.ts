import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Reader } from '#gating';
import { createApi } from '#site/api/app.ts';
import type { ApiApp } from '#site/api/api.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { can, type StaffRole } from '../../gating/staff/can.ts';
import { app, READING_TOKEN, TOKEN } from './api-parts.ts';
import { startTestHub, type TestHub } from './edge-parts.ts';

const by: Reader = { actor: 'staff:m', origin: '', seesPeople: true };
const roles = ['admin', 'marketer', 'sales', 'host', 'analyst'] as const;

let gate: Gate;
let hub: TestHub;
let lead = '';
let segmentId = '';
const accounts: string[] = [];

beforeAll(async () => {
	gate = await createGate();
	const { gating } = gate;
	const staff = {
		session: (cookie: string | undefined) =>
			Promise.resolve(roles.some((role) => role === cookie) ? { id: cookie, name: cookie, role: cookie as StaffRole } : null),
		can: (role: StaffRole, action: Parameters<typeof can>[1]) => can(role, action),
	};
	const { leads, accounts: companies, tags, segments, work } = gating;
	hub = await startTestHub({
		api: createApi({ ...app, gating: { ...app.gating, staff, leads, accounts: companies, tags, segments, work } } as unknown as ApiApp),
		server: { apiToken: TOKEN },
	});
	const sent = await gating.forms.submit(gate.form(await gate.browser().who(), {}));
	expect(sent.status).toBe('confirmation-sent');
	lead = (await leads.list({}, by)).items[0]!.id;
	for (let index = 0; index < 53; index++) accounts.push(await companies.add({ name: `Firm ${index}`, domain: '', country: 'CH' }, by));
	segmentId = await segments.save({ name: 'All', conditions: { match: 'all', groups: [] } }, by);
}, 60_000);
afterAll(async () => {
	await hub.close();
	await gate.close();
});

type Headers = Readonly<Record<string, string>>;
const as = (role: string): Headers => ({ cookie: `foyer_staff=${role}`, origin: 'http://hub.test' });
const bearer = { authorization: `Bearer ${TOKEN}` };

async function ask(method: string, path: string, headers: Headers = bearer, body?: unknown) {
	const sent = body === undefined ? {} : { body: JSON.stringify(body) };
	const {
		status,
		text,
		headers: got,
	} = await hub.ask(`/api/v1${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent });
	return { status, body: JSON.parse(text) as Record<string, never>, type: got['content-type'] };
}

/** Every route with a body it takes; paths are made when the test runs. */
const READS: readonly (readonly [string, () => string, unknown?])[] = [
	['GET', () => '/accounts'],
	['GET', () => `/accounts/${accounts[0]}`],
	['GET', () => '/tags'],
	['GET', () => `/leads/${lead}/tags`],
	['GET', () => '/segments'],
	['GET', () => `/segments/${segmentId}`],
	['POST', () => '/segments/count', { conditions: { match: 'all', groups: [] } }],
	['GET', () => `/segments/${segmentId}/members`],
	['GET', () => `/leads/${lead}/timeline?kind=form&kind=mail&limit=2`],
];
const CHANGES: readonly (readonly [string, () => string, unknown?])[] = [
	['PATCH', () => `/accounts/${accounts[0]}`, { status: 'customer' }],
	['POST', () => '/accounts/nobody/merge', { accountId: 'x' }],
	['POST', () => '/account-merges/nobody/undo'],
	['PUT', () => `/leads/${lead}/tags/nothing`],
	['DELETE', () => `/leads/${lead}/tags/nothing`],
];

describe('who may', () => {
	test.each([
		['nobody', {}, 401, 401],
		['a forged token', { authorization: 'Bearer forged' }, 401, 401],
		['a host', as('host'), 403, 403],
		['a token to read leads', { authorization: `Bearer ${READING_TOKEN}` }, 200, 403],
		['an analyst', as('analyst'), 200, 403],
	] as const)('%s reads and changes as their rights say', async (_name, headers, reads, changes) => {
		for (const [method, path, body] of READS) {
			const { status, type } = await ask(method, path(), headers, body);
			expect([path(), status]).toEqual([path(), reads]);
			expect(type).toContain(reads === 200 ? 'application/json' : 'application/problem+json');
		}
		for (const [method, path, body] of CHANGES) expect([path(), (await ask(method, path(), headers, body)).status]).toEqual([path(), changes]);
	});

	test('a marketer changes what is there and is told what is not', async () => {
		const statuses = [];
		for (const [method, path, body] of CHANGES) statuses.push((await ask(method, path(), as('marketer'), body)).status);
		expect(statuses).toEqual([200, 404, 404, 404, 404]);
	});

	test('sales changes accounts and tags, as in the console', async () => {
		for (const [method, path, body] of CHANGES) expect([401, 403]).not.toContain((await ask(method, path(), as('sales'), body)).status);
	});
});

describe('accounts', () => {
	test('are read through page by page, each once', async () => {
		const found: string[] = [];
		let cursor: string | null = null;
		do {
			const page: { items: { id: string; name: string }[]; nextCursor: string | null } = (
				await ask('GET', `/accounts?q=firm${cursor === null ? '' : `&cursor=${cursor}`}`)
			).body as never;
			found.push(...page.items.map(({ id }) => id));
			({ nextCursor: cursor } = page);
		} while (cursor !== null);
		expect(found).toEqual([...accounts].sort());
	});

	test('are changed, merged and taken apart again', async () => {
		const [, one, two] = accounts;
		expect((await ask('PATCH', `/accounts/${one}`, bearer, { country: 'DE', size: '250-999' })).body).toMatchObject({
			country: 'DE',
			size: '250-999',
		});
		const merged = await ask('POST', `/accounts/${one}/merge`, bearer, { accountId: two });
		expect([merged.status, merged.body]).toEqual([200, { mergeId: expect.any(String), accountId: one }]);
		expect((await ask('GET', `/accounts/${two}`)).body).toMatchObject({ id: one });
		expect((await ask('POST', `/accounts/${one}/merge`, bearer, { accountId: two })).status).toBe(409);
		const undo = `/account-merges/${String(merged.body['mergeId'])}/undo`;
		expect((await ask('POST', undo)).body).toEqual({ accountId: one, restoredAccountId: two });
		expect((await ask('POST', undo)).status).toBe(409);
		expect((await ask('GET', `/accounts/${two}`)).body).toMatchObject({ id: two });
	});

	test.each([
		[{ status: 'friend' }, 'status'],
		[{ country: 'de' }, 'country'],
		[{ website: 'javascript:alert(1)' }, 'website'],
		[{ total: 5 }, ''],
	])('refuse %j', async (change, field) => {
		const { status, body, type } = await ask('PATCH', `/accounts/${accounts[3]}`, bearer, change);
		expect([status, type]).toEqual([422, 'application/problem+json']);
		expect((body['errors'] as unknown as { field: string }[])[0]?.field).toBe(field);
	});

	test('that are not there are not found, and a foreign cursor is refused', async () => {
		for (const path of ['/accounts/nobody', '/segments/nobody', '/segments/nobody/members', '/leads/nobody/tags', '/leads/nobody/timeline'])
			expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
		for (const path of ['/accounts', `/segments/${segmentId}/members`, `/leads/${lead}/timeline`])
			expect([path, (await ask('GET', `${path}?cursor=x`)).status]).toEqual([path, 422]);
		expect((await ask('GET', `/leads/${lead}/timeline?kind=nothing`)).status).toBe(422);
	});
});

describe('tags and segments', () => {
	test('a tag is put on a lead, renewed and taken off; both stand on its timeline', async () => {
		const path = `/leads/${lead}/tags/key-account`;
		for (let time = 0; time < 2; time++)
			expect((await ask('PUT', path, as('marketer'))).body['marked']).toEqual([
				expect.objectContaining({ code: 'key-account', source: 'staff:marketer' }),
			]);
		expect((await ask('DELETE', path, as('marketer'))).body['marked']).toEqual([]);
		expect((await ask('DELETE', path, as('marketer'))).status).toBe(404);
		const { items } = (await ask('GET', `/leads/${lead}/timeline?kind=tag`)).body as unknown as { items: { source: string; evidence: string }[] };
		expect(items.map(({ source, evidence }) => [source, evidence]).sort()).toEqual([
			['tag-put', 'tag:key-account'],
			['tag-taken', 'tag:key-account'],
		]);
	});

	test('a tag with a rule is not put on by hand', async () => {
		const ruled = (await gate.gating.tags.catalogue()).find(({ rule, isArchived }) => rule !== null && !isArchived)!;
		expect((await ask('PUT', `/leads/${lead}/tags/${ruled.code}`)).status).toBe(422);
	});

	test('a segment is counted, and its members are leads in points, without names for who may not see them', async () => {
		expect((await ask('GET', `/segments/${segmentId}`)).body).toMatchObject({ name: 'All', leads: 1 });
		expect(
			(await ask('POST', '/segments/count', bearer, { conditions: { match: 'all', groups: [{ match: 'all', conditions: [{ field: 'x' }] }] } }))
				.status,
		).toBe(422);
		const member = async (headers: Headers) =>
			(
				(await ask('GET', `/segments/${segmentId}/members`, headers)).body as unknown as {
					items: { id: string; name: string | null; total: number }[];
				}
			).items;
		const { total } = (await gate.gating.leads.list({}, by)).items[0]!;
		expect(await member(bearer)).toEqual([expect.objectContaining({ id: lead, name: 'Ada Keller', total: total / 100 })]);
		expect((await member(as('analyst')))[0]?.name).toBeNull();
	});

	test('a mail stands on the timeline by kind and state once it went', async () => {
		const mails = async () =>
			((await ask('GET', `/leads/${lead}/timeline?kind=mail`, as('analyst'))).body as unknown as { items: { type: string; props: object }[] }).items;
		expect(await mails()).toEqual([]);
		await gate.deliver();
		expect(await mails()).toEqual([
			expect.objectContaining({ type: 'gating.confirmation-mail', props: { state: 'done', template: 'confirmation' } }),
		]);
	});
});
