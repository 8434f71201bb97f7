import { stableId } from '#kernel/id.ts';

import { collections } from './model/index.ts';

const ALL = ['create', 'read', 'update', 'delete'] as const;
const content = collections.map(({ collection }) => collection);

/** Address of the account whose token the hub reads and makes search rules with. It has no password. */
export const SERVICE_MAIL = 'service@foyer.example.com';
const SERVICE_ROLE = stableId('role:site-service');

interface Role {
	readonly id: string;
	readonly name: string;
	readonly icon: string;
	readonly description: string;
	/** Whether its members may open the Studio: each of them takes one of the seats of the licence. */
	readonly appAccess: boolean;
	readonly permissions: readonly { readonly collection: string; readonly actions: readonly (typeof ALL)[number][] }[];
}

const may = (names: readonly string[], ...actions: (typeof ALL)[number][]) => names.map((collection) => ({ collection, actions }));

/**
 * Who may do what in Directus. A permission is always whole (every field, every row): narrower ones are custom rules, which the free
 * licence does not run. Marketer, Sales, Host and Analyst may do nothing here: Directus only keeps their passwords and roles for the console.
 */
export const roles: readonly Role[] = [
	{
		id: SERVICE_ROLE,
		name: 'Site service',
		icon: 'dns',
		description: 'Reads content and checks who staff are. Writes search rules that the console asks for, and nothing else.',
		appAccess: false,
		permissions: [
			...may([...content, 'directus_files', 'directus_folders', 'directus_versions', 'directus_users', 'directus_roles'], 'read'),
			...may(['search_rules'], 'create'),
		],
	},
	{
		id: stableId('role:editor'),
		name: 'Editor',
		icon: 'edit',
		description: 'Writes and publishes content in the Studio.',
		appAccess: true,
		permissions: [
			...may([...content, 'directus_files', 'directus_folders', 'directus_versions', 'directus_comments'], ...ALL),
			...may(['directus_users', 'directus_roles', 'directus_revisions'], 'read'),
		],
	},
	...(['Marketer', 'Sales', 'Host', 'Analyst'] as const).map((name) => ({
		id: stableId(`role:${name.toLowerCase()}`),
		name,
		icon: 'badge',
		description: `${name} of the console. Takes no seat of the Studio.`,
		appAccess: false,
		permissions: [],
	})),
];

export function policyOf(role: Role): string {
	return stableId(`policy:${role.name.toLowerCase()}`);
}

export function serviceAccount(token: string): Readonly<Record<string, unknown>> {
	return {
		id: stableId('user:site-service'),
		email: SERVICE_MAIL,
		first_name: 'Site',
		last_name: 'service',
		role: SERVICE_ROLE,
		status: 'active',
		token,
	};
}
