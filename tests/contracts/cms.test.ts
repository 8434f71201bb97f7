/* eslint max-lines: ["error", 300] -- one Directus is started for all of it */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Cms, type ContentChange, createCms } from '#cms';
import type { Snapshot } from '#cms/content.ts';
import { GATED_FOLDER, PUBLIC_FOLDER } from '#cms/directus/model/index.ts';
import { provision } from '#cms/directus/provision.ts';
import { stableId } from '#kernel/id.ts';
import { silentLog } from '#kernel/log.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { startTestDirectus, type TestDirectus } from '#tests/support/directus.ts';
import { until } from '#tests/support/until.ts';

const PUBLISH_WITHIN_MS = 5_000;

let hub: Server;
let directus: TestDirectus;
let database: TestDatabase;
let cms: Cms;
const changes: ContentChange[] = [];

beforeAll(async () => {
	hub = await listenForNotices();
	directus = await startTestDirectus({ seeded: false, hookUrl: `http://127.0.0.1:${(hub.address() as AddressInfo).port}/` });
	database = await createTestDatabase();
	cms = openCms();
	cms.onChange((change) => changes.push(change));
	await cms.start();
	await until('the first read', () => cms.status().state === 'ok');
});

afterAll(async () => {
	await cms?.stop();
	await database?.close();
	await directus?.close();
	hub?.close();
});

function openCms(): Cms {
	const { config, dataFolder, siteToken: token, hookSecret } = directus;
	return createCms({ config, dataFolder, token, hookSecret, now: () => new Date(), log: silentLog, db: database.db });
}

/** Passes what Directus posts on to the CMS, as the hub's API does. */
function listenForNotices(): Promise<Server> {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const secret = (request.headers.authorization ?? '').replace(/^Bearer /, '');
			void cms.notice(JSON.parse(body), secret).then((outcome) => response.writeHead(outcome === 'accepted' ? 202 : 403).end());
		});
	});
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const paperId = (slug: string): string => stableId(`test:${slug}`);
const publish = (slug: string, over: object = {}) =>
	directus.admin.call('POST', '/items/white_papers', {
		id: paperId(slug),
		slug,
		title_en: `Title ${slug}`,
		title_zh: '标题',
		body_en: 'a\n\n---\n\nb',
		status: 'published',
		languages: ['en', 'zh-CN'],
		...over,
	});
const change = (slug: string, over: object) => directus.admin.call('PATCH', `/items/white_papers/${paperId(slug)}`, over);
const remove = async (slug: string): Promise<void> => {
	const answer = await fetch(`${directus.url}/items/white_papers/${paperId(slug)}`, {
		method: 'DELETE',
		headers: { authorization: `Bearer ${await adminToken()}` },
	});
	expect(answer.status).toBe(204);
};
const paper = (slug: string, snapshot: Snapshot = cms.snapshot()) => snapshot.whitePapers.find((item) => item.slug === slug) ?? null;
const asSite = (path: string, init: RequestInit = {}) =>
	fetch(directus.url + path, { ...init, headers: { authorization: `Bearer ${directus.siteToken}`, 'content-type': 'application/json' } });

async function adminToken(): Promise<string> {
	const { directusSecrets } = await import('#cms/directus/secrets.ts');
	return (await directusSecrets(directus.config.folder)).adminToken;
}

describe('what the free licence allows', () => {
	test('the model has at most 20 collections, one of them a junction, and no flows', async () => {
		const all = await directus.admin.call('GET', '/collections');
		const own = all
			.map((row) => row as { collection: string; schema: object | null })
			.filter(({ collection, schema }) => schema !== null && !collection.startsWith('directus_'));
		expect(own.length).toBeLessThanOrEqual(20);
		expect(own.map(({ collection }) => collection)).toContain('products_files');
		expect(await directus.admin.call('GET', '/flows')).toEqual([]);
	});

	test('no permission has a rule of its own, and nobody without an account may read anything', async () => {
		const policies = (await directus.admin.call('GET', '/policies?limit=-1&fields=id,name')).map((row) => row as { id: string; name: string });
		const ours = new Set(
			policies.filter(({ name }) => ['Site service', 'Editor', 'Marketer', 'Sales', 'Host', 'Analyst'].includes(name)).map(({ id }) => id),
		);
		const permissions = (await directus.admin.call('GET', '/permissions?limit=-1')).filter((row) => ours.has(String(row['policy'])));
		expect(permissions.length).toBeGreaterThan(50);
		for (const row of permissions) {
			expect(row['fields']).toEqual(['*']);
			expect([row['permissions'] ?? {}, row['validation'] ?? {}, row['presets'] ?? {}]).toEqual([{}, {}, {}]);
		}
		expect((await fetch(`${directus.url}/items/white_papers`)).status).toBe(403);
	});

	test('only editors and administrators take a seat of the Studio', async () => {
		const policies = (await directus.admin.call('GET', '/policies?limit=-1&fields=name,app_access')).map(
			(row) => row as { name: string; app_access: boolean },
		);
		expect(
			policies
				.filter((policy) => policy.app_access)
				.map(({ name }) => name)
				.sort(),
		).toEqual(['Administrator', 'Editor']);
	});

	test('a second provisioning writes nothing', async () => {
		expect(
			await provision({ admin: directus.admin, siteToken: directus.siteToken, publicSiteUrl: 'http://127.0.0.1:4321', isThorough: true }),
		).toEqual({ writes: 0 });
	});
});

describe('what is published', () => {
	test('a published paper is there within five seconds, and tells who must know', async () => {
		const before = changes.length;
		await publish('fresh');
		await until('the paper', () => paper('fresh'), PUBLISH_WITHIN_MS);
		expect(paper('fresh')?.pages.en).toEqual(['a', 'b']);
		expect(changes.slice(before).flatMap(({ tags }) => tags)).toEqual(expect.arrayContaining(['white_papers', `white_papers:${paperId('fresh')}`]));
	});

	test('a draft is not; an item that goes back to draft is gone', async () => {
		await publish('hidden', { status: 'draft' });
		await publish('shown');
		await until('the paper', () => paper('shown'), PUBLISH_WITHIN_MS);
		expect(paper('hidden')).toBeNull();
		await change('shown', { status: 'draft' });
		await until('it to go', () => paper('shown') === null, PUBLISH_WITHIN_MS);
	});

	test('a deleted item is gone', async () => {
		await publish('short-lived');
		await until('the paper', () => paper('short-lived'), PUBLISH_WITHIN_MS);
		await remove('short-lived');
		await until('it to go', () => paper('short-lived') === null, PUBLISH_WITHIN_MS);
	});

	test('due times hold to the second, without Directus being asked', async () => {
		const [from, to] = [new Date(Date.now() + 3_000), new Date(Date.now() + 5_000)];
		const before = changes.length;
		const seen = () => changes.slice(before).filter(({ tags }) => tags.includes(`white_papers:${paperId('timed')}`));
		await publish('timed', { publish_at: from.toISOString(), unpublish_at: to.toISOString() });
		await until('the waiting paper to be known', () => cms.snapshot().nextDueAt !== null || seen().length > 0, PUBLISH_WITHIN_MS);
		await directus.stop();
		const [coming, going] = await until('both changes', () => seen().length === 2 && seen(), 20_000);
		expect([coming && paper('timed', coming.snapshot)?.slug, going && paper('timed', going.snapshot)]).toEqual(['timed', null]);
		for (const [change, due] of [
			[coming, from],
			[going, to],
		] as const) {
			const lateMs = (change?.snapshot.takenAt.getTime() ?? 0) - due.getTime();
			expect(lateMs >= 0 && lateMs < 1_000).toBe(true);
		}
		await directus.restart();
	});

	test('a changed slug is followed', async () => {
		await publish('first-name');
		await until('the paper', () => paper('first-name'), PUBLISH_WITHIN_MS);
		await change('first-name', { slug: 'second-name' });
		await until('the new slug', () => paper('second-name'), PUBLISH_WITHIN_MS);
		expect(await cms.former('white_papers', 'first-name')).toEqual({ status: 'moved', slug: 'second-name' });
		expect(await cms.former('white_papers', 'second-name')).toEqual({ status: 'unknown' });
	});

	test('a reference to nothing is dropped and reported', async () => {
		await publish('dangling', { products: [{ key: stableId('no product'), collection: 'products' }] });
		await until('the paper', () => paper('dangling'), PUBLISH_WITHIN_MS);
		expect(paper('dangling')?.products).toEqual([]);
		expect(cms.problems()).toContainEqual(expect.objectContaining({ code: 'dangling-reference', slug: 'dangling' }));
	});

	test('Directus refuses what the model forbids', async () => {
		await expect(publish('Not A Slug')).rejects.toThrow('slug');
		await expect(publish('wrong-status', { status: 'bogus' })).rejects.toThrow('status');
	});
});

describe('while Directus is away', () => {
	test('the snapshot is served, also by a new process, and publishing goes on by itself', async () => {
		await publish('lasting');
		await until('the paper', () => paper('lasting'), PUBLISH_WITHIN_MS);
		await directus.stop();
		await expect(cms.refresh()).rejects.toMatchObject({ code: 'unavailable' });
		expect(cms.status().state).toBe('degraded');
		expect(paper('lasting')).not.toBeNull();

		const later = openCms();
		await later.start();
		expect(paper('lasting', later.snapshot())).not.toBeNull();
		await later.stop();
		expect(await cms.staff.signIn('nobody@example.com', 'x')).toEqual({ status: 'unavailable' });

		await directus.restart();
		await until('contact', () => cms.status().state === 'ok');
		await publish('after-the-outage');
		await until('the paper', () => paper('after-the-outage'), PUBLISH_WITHIN_MS);
	});
});

describe('rights', () => {
	test('the token of the site reads and cannot write', async () => {
		expect((await asSite('/items/white_papers')).status).toBe(200);
		const body = JSON.stringify({ slug: 'by-the-site', title_en: 'x' });
		expect((await asSite('/items/white_papers', { method: 'POST', body })).status).toBe(403);
		expect((await asSite(`/items/white_papers/${paperId('fresh')}`, { method: 'PATCH', body: '{"title_en":"x"}' })).status).toBe(403);
		expect((await asSite(`/items/white_papers/${paperId('fresh')}`, { method: 'DELETE' })).status).toBe(403);
		expect((await asSite('/users', { method: 'POST', body: '{"email":"x@example.com"}' })).status).toBe(403);
	});

	test('a notice without the secret is refused', async () => {
		expect(await cms.notice({ changes: [] }, 'guess')).toBe('forbidden');
		expect(await cms.notice({ changes: [] }, directus.hookSecret)).toBe('accepted');
		expect(await cms.notice('nonsense', directus.hookSecret)).toBe('forbidden');
	});

	test('a gated file is not public and has no address of its own; Range and conditions hold', async () => {
		const bytes = Buffer.from('%PDF-1.4 0123456789');
		const [open, gated] = [stableId('test:open file'), stableId('test:gated file')];
		await directus.admin.upload({ id: open, folder: PUBLIC_FOLDER, title: 'open', filename: 'open.pdf', mediaType: 'application/pdf', bytes });
		await directus.admin.upload({ id: gated, folder: GATED_FOLDER, title: 'gated', filename: 'gated.pdf', mediaType: 'application/pdf', bytes });
		const file = await until('both files', () => cms.file(open) && cms.file(gated), PUBLISH_WITHIN_MS);
		expect(file.isPublic).toBe(false);
		expect(cms.file(open)?.isPublic).toBe(true);
		expect((await fetch(`${directus.url}/assets/${gated}`)).status).toBe(403);

		const part = await cms.asset(gated, { range: 'bytes=9-12' });
		expect([part.status, part.headers['content-range'], await new Response(part.body).text()]).toEqual([206, `bytes 9-12/${bytes.length}`, '0123']);
		expect((await cms.asset(gated, { range: 'bytes=0-1,4-5' })).status).toBe(416);
		expect((await cms.asset(gated, { ifNoneMatch: `"${file.version}"` })).status).toBe(304);
		expect((await cms.asset(stableId('no file'))).status).toBe(404);
	});

	test('a preview needs the key of its item', async () => {
		await publish('previewed', { status: 'draft' });
		const [row] = await directus.admin.call('GET', `/items/white_papers?filter[slug][_eq]=previewed&fields=preview_key`);
		const key = String(row?.['preview_key']);
		const previewed = { type: 'white_papers', id: paperId('previewed'), previewKey: key } as const;
		const preview = await cms.preview(previewed);
		expect([preview?.shown?.item.slug, preview?.state.status, preview?.state.isLive]).toEqual(['previewed', 'draft', false]);
		expect(await cms.preview({ ...previewed, previewKey: stableId('a guess') })).toBeNull();
		expect(await cms.preview({ ...previewed, id: stableId('nothing') })).toBeNull();
		expect(paper('previewed')).toBeNull();
	});
});

describe('staff', () => {
	const account = (name: string, role: string) => ({
		id: stableId(`test:${name}`),
		email: `${name}@example.com`,
		password: 'a long password',
		first_name: 'Mara',
		last_name: 'Keller',
		role: stableId(`role:${role}`),
		status: 'active',
	});

	test('sign in with role and name; wrong passwords, other roles and closed accounts are told apart only where it helps', async () => {
		await directus.admin.call('POST', '/users', [account('mara', 'marketer'), account('ed', 'editor')]);
		expect(await cms.staff.signIn('mara@example.com', 'a long password')).toEqual({
			status: 'signed-in',
			staff: { id: stableId('test:mara'), name: 'Mara Keller', role: 'marketer' },
		});
		expect(await cms.staff.signIn('mara@example.com', 'wrong')).toEqual({ status: 'refused' });
		expect(await cms.staff.signIn('ed@example.com', 'a long password')).toEqual({ status: 'no-role' });
		expect(await cms.staff.check(stableId('test:mara'))).toMatchObject({ status: 'active', role: 'marketer', name: 'Mara Keller' });
		await directus.admin.call('PATCH', `/users/${stableId('test:mara')}`, { status: 'suspended' });
		expect(await cms.staff.check(stableId('test:mara'))).toEqual({ status: 'gone' });
		expect(await cms.staff.signIn('mara@example.com', 'a long password')).toEqual({ status: 'refused' });
	});
});
