import { randomUUID } from 'node:crypto';

import type { TestHub } from './hub.ts';
import { until } from './until.ts';

/** Directus, just started on a busy machine, refuses everything for a moment before it does anything with it. */
const UNREADY = /Failed to get Schema information/;

/** What an editor does, through the REST API of the real Directus. */
export interface Editor {
	create(collection: string, item: Readonly<Record<string, unknown>>): Promise<{ readonly id: string }>;
	/** By slug. */
	update(collection: string, slug: string, values: Readonly<Record<string, unknown>>): Promise<void>;
	remove(collection: string, id: string): Promise<void>;
	/** A new active account with the role of that name. */
	account(role: string): Promise<{ readonly email: string; readonly password: string }>;
}

export function editor(hub: Pick<TestHub, 'directusUrl' | 'adminToken'>): Editor {
	const ask = async (method: string, path: string, body?: unknown): Promise<{ readonly answer: Response; readonly text: string }> => {
		const answer = await fetch(`${hub.directusUrl}${path}`, {
			method,
			headers: { authorization: `Bearer ${hub.adminToken}`, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return { answer, text: await answer.text() };
	};
	const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const { answer, text } = await until(
			'Directus to know its own schema',
			async () => {
				const told = await ask(method, path, body);
				return UNREADY.test(told.text) ? null : told;
			},
			60_000,
		);
		if (!answer.ok) throw new Error(`Directus: ${method} ${path} → ${answer.status} ${text.slice(0, 500)}`);
		return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
	};
	const first = async (path: string): Promise<string> => {
		const [row] = await call<{ id: string }[]>('GET', path);
		if (!row) throw new Error(`Directus has nothing at ${path}`);
		return row.id;
	};
	return {
		create: (collection, item) => call('POST', `/items/${collection}`, item),
		update: async (collection, slug, values) => {
			const id = await first(`/items/${collection}?filter[slug][_eq]=${slug}&fields=id`);
			await call('PATCH', `/items/${collection}/${id}`, values);
		},
		remove: (collection, id) => call('DELETE', `/items/${collection}/${id}`),
		account: async (role) => {
			const email = `${role.toLowerCase()}-${randomUUID()}@halden-drives.example.com`;
			const password = 'A long password of a test 1';
			await call('POST', '/users', {
				email,
				password,
				role: await first(`/roles?filter[name][_eq]=${role}&fields=id`),
				status: 'active',
				first_name: role,
			});
			return { email, password };
		},
	};
}
