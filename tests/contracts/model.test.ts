import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { formOf } from '#cms/directus/form.ts';
import { collections, groups, words } from '#cms/directus/model/index.ts';
import { provision } from '#cms/directus/provision.ts';
import { stableId } from '#kernel/id.ts';
import { startTestDirectus, type TestDirectus } from '#tests/support/directus.ts';

interface Meta {
	readonly hidden?: boolean;
	readonly special?: readonly string[];
	readonly interface: string;
	readonly note?: string | null;
	readonly translations?: readonly { readonly language: string; readonly translation: string }[];
}

/** Fields whose label says all there is to know. */
const SELF_EVIDENT = new Set([
	...['title_en', 'title_zh', 'name_en', 'name_zh', 'subtitle_en', 'subtitle_zh', 'price_note_en', 'price_note_zh'],
	...['customer_en', 'customer_zh', 'place_en', 'place_zh', 'quote_by_en', 'quote_by_zh', 'video_title_en', 'video_title_zh'],
	...['street', 'postcode', 'city_en', 'city_zh', 'email', 'website', 'address_en', 'address_zh', 'home_title_en', 'home_title_zh'],
	...['product', 'founded_year', 'duration_minutes', 'repeats', 'placement', 'kind', 'file'],
]);
const fieldsOf = collections.flatMap((collection) =>
	formOf(collection).map((field) => ({ name: `${collection.collection}.${field.field}`, field: field.field, meta: field.meta as unknown as Meta })),
);
const isGroup = ({ special }: Meta): boolean => special?.includes('group') === true;
const shown = fieldsOf.filter(({ field, meta }) => meta.hidden !== true && field !== 'tabs');

describe('the model', () => {
	test('has at most 20 collections and one junction', () => {
		expect(collections.length).toBeLessThanOrEqual(20);
		expect(collections.filter(({ isHidden }) => isHidden).map(({ collection }) => collection)).toEqual(['products_files']);
	});

	test('labels every field, tab and heading in both languages', () => {
		const unlabelled = shown.filter(({ meta }) => {
			const languages = (meta.translations ?? []).filter(({ translation }) => translation !== '').map(({ language }) => language);
			return languages.join() !== 'en-US,zh-CN';
		});
		expect(unlabelled.map(({ name }) => name)).toEqual([]);
	});

	test('explains every field whose label does not say it all', () => {
		const inputs = shown.filter(({ meta }) => !isGroup(meta) && meta.interface !== 'presentation-notice');
		expect(inputs.length).toBeGreaterThan(150);
		expect(inputs.filter(({ field, meta }) => !meta.note && !SELF_EVIDENT.has(field)).map(({ name }) => name)).toEqual([]);
	});

	test('has every word it names, in English and in Chinese', () => {
		const known = words();
		const text = JSON.stringify([fieldsOf, groups, collections.map(({ list }) => list)]);
		const keys = [...text.matchAll(/\$t:(\w+)/g)].map(([, key = '']) => key);
		expect(keys.length).toBeGreaterThan(300);
		expect(keys.filter((key) => !known.has(key))).toEqual([]);
		const untranslated = [...known.values()].filter(([, chinese]) => !/\p{Script=Han}/u.test(chinese) && chinese !== 'English');
		expect(untranslated).toEqual([]);
	});

	test.each(collections.filter(({ isHidden, isSingleton }) => !isHidden && !isSingleton))(
		'$collection lists its status and has an order',
		({ list, fields }) => {
			expect(Object.keys(list?.columns ?? {})).toContain('status');
			const names = new Set(fields.map(({ field }) => field));
			for (const column of Object.keys(list?.columns ?? {})) expect(names.has(column), column).toBe(true);
			expect(names.has((list?.sort ?? 'sort').replace('-', ''))).toBe(true);
		},
	);
});

describe('in a real Directus', () => {
	let directus: TestDirectus;
	beforeAll(async () => {
		directus = await startTestDirectus({ seeded: false, hookUrl: 'http://127.0.0.1:9/' });
	});
	afterAll(() => directus?.close());

	const write = (method: 'POST' | 'PATCH', path: string, body: object) => directus.admin.call(method, path, body);
	const dealer = (over: object) =>
		write('POST', '/items/dealers', { slug: `d-${JSON.stringify(over).length}`, name_en: 'D', country: 'CH', ...over });
	const again = (isThorough = false) =>
		provision({ admin: directus.admin, siteToken: directus.siteToken, publicSiteUrl: 'http://127.0.0.1:4321', isThorough });

	test('what is known to be provisioned is not looked at again', async () => {
		expect(await again()).toEqual({ writes: 0 });
		expect(await again(true)).toEqual({ writes: 0 });
	});

	test('an older model is brought up to date: rows stay, and so does what is the company’s own', async () => {
		await dealer({ slug: 'kept', phone: '+41 52 555 01 61' });
		await write('POST', '/fields/dealers', { field: 'own_field', type: 'string', meta: { interface: 'input' }, schema: {} });
		await write('PATCH', `/items/dealers?filter[slug][_eq]=kept`, { keys: await idsOf('kept'), data: { own_field: 'theirs' } });
		await directus.admin.call('DELETE', '/fields/dealers/website');
		await write('PATCH', '/fields/dealers', [{ field: 'phone', meta: { group: null, note: 'an old note', sort: 99 } }]);
		const [mark] = await directus.admin.call('GET', '/translations?filter[key][_eq]=foyer_provisioned&fields=id');
		await write('PATCH', `/translations/${String(mark?.['id'])}`, { value: 'an older model' });
		await write('POST', '/translations', { key: 'foyer_an_old_word', language: 'en-US', value: 'old' });

		expect((await again()).writes).toBeGreaterThan(0);

		const [row] = await directus.admin.call('GET', '/items/dealers?filter[slug][_eq]=kept&fields=phone,own_field,website');
		expect(row).toEqual({ phone: '+41 52 555 01 61', own_field: 'theirs', website: null });
		const field = await directus.admin.call<{ meta: Meta & { group: string | null } }>('GET', '/fields/dealers/phone');
		expect(field.meta).toMatchObject({ group: 'group_main_contact', note: expect.stringMatching(/^\$t:foyer_/) });
		expect(await directus.admin.call('GET', '/translations?filter[key][_eq]=foyer_an_old_word')).toEqual([]);
		expect(await again(true)).toEqual({ writes: 0 });
	});

	const idsOf = async (slug: string): Promise<unknown[]> =>
		(await directus.admin.call('GET', `/items/dealers?filter[slug][_eq]=${slug}&fields=id`)).map((row) => row['id']);

	test.each([
		['a mail address', { email: 'office at example.com' }],
		['a country', { country: 'Switzerland' }],
		['a latitude', { latitude: 91 }],
		['a website', { website: 'example.com' }],
	])('refuses what is not %s', async (_what, over) => {
		await expect(dealer({ slug: 'wrong', ...over })).rejects.toThrow('400');
	});

	test('refuses a link that leads nowhere and a paper without an open page; empty optional fields are welcome', async () => {
		const banner = (link: string | null) => write('POST', '/items/banners', { slug: `b-${String(link).length}`, text_en: 'B', link });
		await expect(banner('webinars/x')).rejects.toThrow('400');
		await expect(banner('javascript:alert(1)')).rejects.toThrow('400');
		await banner('/webinars/x');
		await banner(null);
		await expect(write('POST', '/items/white_papers', { slug: 'p', title_en: 'P', open_pages: 0 })).rejects.toThrow('400');
		await dealer({ slug: 'empty', email: null, latitude: null, website: null });
	});

	test('an editor sees the folders of the file library', async () => {
		const email = 'editor@halden-drives.example.com';
		const password = 'A long password of a test 1';
		await write('POST', '/users', { email, password, role: stableId('role:editor'), status: 'active' });
		const login = await fetch(`${directus.url}/auth/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ email, password }),
		});
		const { data } = (await login.json()) as { data: { access_token: string } };
		const answer = await fetch(`${directus.url}/folders?sort=name&filter[type][_eq]=files`, {
			headers: { authorization: `Bearer ${data.access_token}` },
		});
		expect(answer.status).toBe(200);
		const folders = ((await answer.json()) as { data: { name: string }[] }).data;
		expect(folders.map(({ name }) => name)).toEqual(['Gated · 需登记', 'Public · 公开']);
	});
});
