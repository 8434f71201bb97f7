import type { DirectusAdmin, Row } from '../client.ts';
import { ASSET_WIDTHS, presetOf } from '../asset.ts';
import { policyOf, roles, serviceAccount } from './access.ts';
import { folders, GATED_FOLDER, words } from './model/index.ts';
import { covers } from './covers.ts';
import { provisionModel } from './provision-model.ts';

export interface ProvisionInput {
	readonly admin: DirectusAdmin;
	/** Token that the service account shall have. */
	readonly siteToken: string;
	/** Origin of the site, for previews in the Studio. */
	readonly publicSiteUrl: string;
}

/**
 * Brings model, access and settings into Directus: creates what is missing, changes what differs, removes nothing, so that a company's
 * own collections and fields stay. A second run writes nothing. Returns the number of changes.
 *
 * @throws Error naming the call that Directus refused.
 */
export async function provision({ admin, siteToken, publicSiteUrl }: ProvisionInput): Promise<{ readonly writes: number }> {
	const before = admin.writes();
	await upsert(admin, '/folders', folders);
	await provisionWords(admin);
	await provisionModel(admin, publicSiteUrl);
	await provisionAccess(admin);
	await provisionServiceAccount(admin, siteToken);
	await provisionSettings(admin);
	return { writes: admin.writes() - before };
}

async function provisionWords(admin: DirectusAdmin): Promise<void> {
	const have = new Set((await admin.call('GET', '/translations?limit=-1')).map((row) => `${row['key']} ${row['language']}`));
	const wanted = [...words()].flatMap(([key, [english, chinese]]) => [
		{ key, language: 'en-US', value: english },
		{ key, language: 'zh-CN', value: chinese },
	]);
	const missing = wanted.filter((row) => !have.has(`${row.key} ${row.language}`));
	if (missing.length > 0) await admin.call('POST', '/translations', missing);
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

async function provisionSettings(admin: DirectusAdmin): Promise<void> {
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
	};
	if (!covers(have, wanted)) await admin.call('PATCH', '/settings', wanted);
}

async function upsert(admin: DirectusAdmin, path: string, rows: readonly Row[]): Promise<void> {
	const have = new Map((await admin.call('GET', `${path}?limit=-1`)).map((row) => [row['id'], row]));
	for (const row of rows) {
		const known = have.get(row['id']);
		if (!known) await admin.call('POST', path, row);
		else if (!covers(known, row)) await admin.call('PATCH', `${path}/${row['id']}`, row);
	}
}
