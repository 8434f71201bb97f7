import { createHash } from 'node:crypto';

import type { DirectusAdmin, Row } from '../client.ts';
import { ASSET_WIDTHS, presetOf } from '../asset.ts';
import { policyOf, roles, serviceAccount } from './access.ts';
import { covers } from './covers.ts';
import { formOf } from './form.ts';
import { collections, folders, FRAME, GATED_FOLDER, groups, words } from './model/index.ts';
import { named, WORD_PREFIX } from './model/words.ts';
import { provisionLists } from './provision-list.ts';
import { provisionModel } from './provision-model.ts';

/** Raised when provisioning does something else with the same model. */
const PROVISIONING = 1;
/** Where Directus keeps what it was provisioned with, so that a restored database is known by itself. */
const MARK = `${WORD_PREFIX}provisioned`;

export interface ProvisionInput {
	readonly admin: DirectusAdmin;
	/** Token that the service account shall have. */
	readonly siteToken: string;
	/** Origin of the site, for previews in the Studio. */
	readonly publicSiteUrl: string;
	readonly isThorough?: boolean;
}

/**
 * Brings model, access and settings into Directus: creates what is missing, changes what differs, removes nothing but its own old words,
 * so that a company's own collections and fields stay. Where Directus holds this very state already only the service account is looked
 * at; `isThorough` looks at everything. A second run writes nothing. Returns the number of changes.
 *
 * @throws Error naming the call that Directus refused.
 */
export async function provision({ admin, siteToken, publicSiteUrl, isThorough = false }: ProvisionInput): Promise<{ readonly writes: number }> {
	const before = admin.writes();
	const state = stateOf(publicSiteUrl);
	const [mark] = await admin.call('GET', `/translations?filter[key][_eq]=${MARK}&fields=id,value`);
	if (isThorough || mark?.['value'] !== state) {
		await upsert(admin, '/folders', folders);
		await provisionWords(admin);
		await provisionModel(admin, publicSiteUrl);
		await provisionLists(admin);
		await provisionAccess(admin);
		await provisionSettings(admin, publicSiteUrl);
	}
	await provisionServiceAccount(admin, siteToken);
	if (!mark) await admin.call('POST', '/translations', { key: MARK, language: 'en-US', value: state });
	else if (mark['value'] !== state) await admin.call('PATCH', `/translations/${String(mark['id'])}`, { value: state });
	return { writes: admin.writes() - before };
}

/** A digest of all that is provisioned but the token. */
function stateOf(publicSiteUrl: string): string {
	const forms = collections.map((collection) => [collection, formOf(collection)]);
	return createHash('sha256')
		.update(JSON.stringify([PROVISIONING, publicSiteUrl, folders, forms, groups, [...words()], roles, ASSET_WIDTHS]))
		.digest('hex');
}

async function provisionWords(admin: DirectusAdmin): Promise<void> {
	const have = (await admin.call('GET', `/translations?limit=-1&filter[key][_starts_with]=${WORD_PREFIX}`)).filter(({ key }) => key !== MARK);
	const wanted = [...words()].flatMap(([key, [english, chinese]]) => [
		{ key, language: 'en-US', value: english },
		{ key, language: 'zh-CN', value: chinese },
	]);
	const nameOf = (row: Row): string => `${String(row['key'])} ${String(row['language'])}`;
	const known = new Set(have.map(nameOf));
	const needed = new Set(wanted.map(nameOf));
	const missing = wanted.filter((row) => !known.has(nameOf(row)));
	if (missing.length > 0) await admin.call('POST', '/translations', missing);
	const old = have.filter((row) => !needed.has(nameOf(row))).map((row) => row['id']);
	if (old.length > 0) await admin.call('DELETE', '/translations', old);
}

async function provisionAccess(admin: DirectusAdmin): Promise<void> {
	await upsert(
		admin,
		'/policies',
		roles.map((role) => ({
			id: policyOf(role),
			name: role.name,
			icon: role.icon,
			description: role.description,
			app_access: role.appAccess,
			admin_access: false,
		})),
	);
	await upsert(
		admin,
		'/roles',
		roles.map(({ id, name, icon, description }) => ({ id, name, icon, description })),
	);

	const links = new Set((await admin.call('GET', '/access?limit=-1')).map((row) => `${row['role']} ${row['policy']}`));
	for (const role of roles) {
		if (!links.has(`${role.id} ${policyOf(role)}`)) await admin.call('POST', '/access', { role: role.id, policy: policyOf(role), sort: 1 });
	}

	const have = new Set((await admin.call('GET', '/permissions?limit=-1')).map((row) => `${row['policy']} ${row['collection']} ${row['action']}`));
	const wanted = roles.flatMap((role) =>
		role.permissions.flatMap(({ collection, actions }) =>
			actions.map((action) => ({ policy: policyOf(role), collection, action, fields: ['*'], permissions: {}, validation: {}, presets: null })),
		),
	);
	const missing = wanted.filter((row) => !have.has(`${row.policy} ${row.collection} ${row.action}`));
	if (missing.length > 0) await admin.call('POST', '/permissions', missing);
}

/** The stored token is never shown again, so whether it fits is asked of Directus with the token itself. */
async function provisionServiceAccount(admin: DirectusAdmin, siteToken: string): Promise<void> {
	const account = serviceAccount(siteToken);
	const [known] = await admin.call('GET', `/users?filter[id][_eq]=${account['id']}&fields=id,role,status`);
	if (!known) await admin.call('POST', '/users', account);
	else if (known['status'] !== 'active' || known['role'] !== account['role'] || !(await admin.accepts(siteToken)))
		await admin.call('PATCH', `/users/${account['id']}`, account);
}

/** Name, colour and logo are the company's: they are set once, where nobody has set them. */
async function provisionSettings(admin: DirectusAdmin, publicSiteUrl: string): Promise<void> {
	const have = await admin.call<Row>('GET', '/settings');
	const presets = ASSET_WIDTHS.map((width) => ({
		key: presetOf(width),
		fit: 'inside',
		width,
		quality: 80,
		withoutEnlargement: true,
		format: 'webp',
		transforms: [],
	}));
	const wanted = {
		storage_asset_transform: 'presets',
		storage_asset_presets: presets,
		storage_default_folder: have['storage_default_folder'] ?? GATED_FOLDER,
		project_name: have['project_name'] === 'Directus' ? 'Foyer' : have['project_name'],
		project_url: have['project_url'] ?? publicSiteUrl,
		module_bar: withLinks(have['module_bar'], publicSiteUrl),
	};
	if (!covers(have, wanted)) await admin.call('PATCH', '/settings', wanted);
}

/** An edge that somebody arranged stays as it is; only our links follow the site. */
function withLinks(known: unknown, publicSiteUrl: string): readonly object[] {
	const own = moduleBar(publicSiteUrl);
	if (!Array.isArray(known)) return own;
	return (known as readonly Row[]).map((entry) => (entry['type'] === 'link' && own.find(({ id }) => id === entry['id'])) || entry);
}

/** What editors need at the left edge: content, files, and the ways to site and console. */
function moduleBar(publicSiteUrl: string): readonly { readonly type: string; readonly id: string; readonly [name: string]: unknown }[] {
	const module = (id: string, enabled: boolean) => ({ type: 'module', id, enabled });
	return [
		module('content', true),
		module('files', true),
		{ type: 'link', id: 'foyer-site', name: named(FRAME.openSite), icon: 'public', url: publicSiteUrl, enabled: true },
		{ type: 'link', id: 'foyer-console', name: named(FRAME.openConsole), icon: 'insights', url: `${publicSiteUrl}/console`, enabled: true },
		module('visual', false),
		module('users', true),
		module('insights', false),
		module('settings', true),
	];
}

async function upsert(admin: DirectusAdmin, path: string, rows: readonly Row[]): Promise<void> {
	const have = new Map((await admin.call('GET', `${path}?limit=-1`)).map((row) => [row['id'], row]));
	for (const row of rows) {
		const known = have.get(row['id']);
		if (!known) await admin.call('POST', path, row);
		else if (!covers(known, row)) await admin.call('PATCH', `${path}/${row['id']}`, row);
	}
}
