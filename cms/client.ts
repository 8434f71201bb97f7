import {
	createDirectus,
	createItem,
	readFiles,
	readFolders,
	readItems,
	readItem,
	readSingleton,
	readUsers,
	rest,
	staticToken,
	withSearch,
} from '@directus/sdk';

import { DomainError } from '#kernel/errors.ts';

const READ_TIMEOUT_MS = 15_000;
const SIGN_IN_TIMEOUT_MS = 10_000;
/** Until the answer begins; a picture may have to be made first. */
const ASSET_TIMEOUT_MS = 8_000;

/** A row as Directus answers it; nothing in it is trusted before `cms/read/` has looked at it. */
export type Row = Readonly<Record<string, unknown>>;

export interface ReadOptions {
	readonly fields?: readonly string[];
	/** Only rows with the status `published`. */
	readonly onlyPublished?: boolean;
	/** Only these rows. */
	readonly ids?: readonly string[];
}

export interface DirectusUser {
	readonly status: string;
	readonly name: string;
	readonly roleName: string | null;
	/** '' without one. */
	readonly email: string;
	readonly language: string | null;
}

/** Directus as the hub sees it: reads with the service account's token, files, and checks of a password. It writes search rules and nothing else. */
export interface DirectusClient {
	/** All rows of a collection by id. @throws DomainError unavailable. */
	rows(collection: string, options?: ReadOptions): Promise<Row[]>;
	/** The one row of a singleton. @throws DomainError unavailable. */
	singleton(collection: string): Promise<Row>;
	/** One row, of a version when named; null when there is none. @throws DomainError unavailable. */
	row(collection: string, id: string, version?: string): Promise<Row | null>;
	/** Makes a row. @throws DomainError not-found when the token may not, unavailable. */
	add(collection: 'search_rules', row: Row): Promise<void>;
	files(fields: readonly string[]): Promise<Row[]>;
	folders(): Promise<Row[]>;
	/** The bytes of a file, or of its preset. @throws DomainError unavailable when Directus does not answer. */
	asset(
		id: string,
		options: {
			readonly preset?: string | undefined;
			readonly range?: string | undefined;
			readonly head?: boolean | undefined;
			readonly signal?: AbortSignal | undefined;
			/** How long the beginning of the answer may take; {@link ASSET_TIMEOUT_MS} unless given. */
			readonly timeoutMs?: number | undefined;
		},
	): Promise<Response>;
	signIn(
		email: string,
		password: string,
	): Promise<{ readonly status: 'signed-in'; readonly userId: string } | { readonly status: 'refused' } | { readonly status: 'unavailable' }>;
	user(id: string): Promise<DirectusUser | null | 'unavailable'>;
}

export function createDirectusClient({ url, token }: { readonly url: string; readonly token: string }): DirectusClient {
	const sdk = createDirectus<Record<string, Row[]>>(url, { globals: { fetch: timedFetch } })
		.with(staticToken(token))
		.with(rest());
	const query = ({ fields = ['*'], onlyPublished = false, ids }: ReadOptions) => ({
		limit: -1,
		sort: ['id'],
		fields: [...fields],
		...(onlyPublished || ids
			? { filter: { ...(onlyPublished ? { status: { _eq: 'published' } } : {}), ...(ids ? { id: { _in: [...ids] } } : {}) } }
			: {}),
	});

	return Object.freeze<DirectusClient>({
		rows: (collection, options = {}) => {
			const asked = readItems<Record<string, Row[]>, string, never>(collection, query(options) as never);
			// By SEARCH the ids stand in the body; an address would not hold them.
			return answered(sdk.request(options.ids ? withSearch(asked) : asked) as Promise<Row[]>);
		},
		singleton: (collection) => answered(sdk.request(readSingleton(collection as never)) as Promise<Row>),
		row: (collection, id, version) =>
			answered(sdk.request(readItem(collection, id, (version ? { version } : {}) as never)) as Promise<Row>).catch((error: unknown) => {
				if (error instanceof DomainError && error.code === 'not-found') return null;
				throw error;
			}),
		add: async (collection, row) => {
			await answered(sdk.request(createItem(collection, row as never, { fields: ['id'] } as never)) as Promise<unknown>);
		},
		files: (fields) => answered(sdk.request(readFiles({ limit: -1, sort: ['id'], fields: [...fields] } as never)) as Promise<Row[]>),
		// A plain GET of folders fails for everybody but administrators in Directus 12.4.0; asked by SEARCH it works.
		folders: () => answered(sdk.request(withSearch(readFolders({ limit: -1, fields: ['id', 'parent'] } as never))) as Promise<Row[]>),
		asset: (id, { preset, range, head, signal, timeoutMs = ASSET_TIMEOUT_MS }) => {
			const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity', ...(range ? { range } : {}) };
			const address = `${url}/assets/${id}${preset ? `?key=${preset}` : ''}`;
			const late = new AbortController();
			const timer = setTimeout(() => late.abort(new DOMException('no answer in time', 'TimeoutError')), timeoutMs);
			const init = { method: head ? 'HEAD' : 'GET', headers, signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal };
			return answered(fetch(address, init)).finally(() => clearTimeout(timer));
		},
		signIn: async (email, password) => {
			const login = await post(`${url}/auth/login`, { email, password, mode: 'json' });
			if (login === null || login.status >= 500 || login.status === 429) return { status: 'unavailable' };
			if (!login.ok) return { status: 'refused' };
			const { data } = (await login.json()) as { data: { access_token: string; refresh_token: string } };
			const me = await timedFetch(`${url}/users/me?fields=id`, { headers: { authorization: `Bearer ${data.access_token}` } }).catch(() => null);
			await post(`${url}/auth/logout`, { refresh_token: data.refresh_token, mode: 'json' });
			if (!me?.ok) return { status: 'unavailable' };
			return { status: 'signed-in', userId: ((await me.json()) as { data: { id: string } }).data.id };
		},
		user: async (id) => {
			try {
				const query = { filter: { id: { _eq: id } }, fields: ['status', 'first_name', 'last_name', 'role.name', 'email', 'language'], limit: 1 };
				const [user] = (await sdk.request(readUsers(query as never))) as Row[];
				if (!user) return null;
				const name = [user['first_name'], user['last_name']].filter((part) => typeof part === 'string' && part !== '').join(' ');
				const role = user['role'] as { readonly name?: unknown } | null;
				return {
					...{ status: String(user['status']), name, roleName: typeof role?.name === 'string' ? role.name : null },
					email: typeof user['email'] === 'string' ? user['email'] : '',
					language: typeof user['language'] === 'string' ? user['language'] : null,
				};
			} catch {
				// Also when the licence is locked: Directus then refuses every token, and nobody is gone for that.
				return 'unavailable';
			}
		},
	});
}

/** Directus with an administrator's token, for provisioning and seeding. */
export interface DirectusAdmin {
	/** Answers the `data` of the reply. @throws Error naming the call and what Directus said. */
	call<T = Row[]>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
	/** Uploads a file under its own id. */
	upload(file: {
		readonly id: string;
		readonly folder: string;
		readonly title: string;
		readonly description?: string | undefined;
		readonly filename: string;
		readonly mediaType: string;
		readonly bytes: Uint8Array;
	}): Promise<void>;
	/** Whether Directus knows a static token. */
	accepts(token: string): Promise<boolean>;
	/** Number of changes made so far. */
	writes(): number;
}

export function createDirectusAdmin({ url, token }: { readonly url: string; readonly token: string }): DirectusAdmin {
	let writes = 0;
	const authorization = { authorization: `Bearer ${token}` };
	const send = async (method: string, path: string, init: RequestInit): Promise<Response> => {
		const answer = await fetch(url + path, { ...init, method });
		if (!answer.ok) throw new Error(`Directus refused ${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
		if (method !== 'GET') writes++;
		return answer;
	};
	return Object.freeze<DirectusAdmin>({
		call: async <T>(method: string, path: string, body?: unknown) => {
			const init =
				body === undefined
					? { headers: authorization }
					: { headers: { ...authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
			const text = await (await send(method, path, init)).text();
			return (text === '' ? null : (JSON.parse(text) as { data: unknown }).data) as T;
		},
		upload: async ({ id, folder, title, description = '', filename, mediaType, bytes }) => {
			const form = new FormData();
			// Directus reads the fields that stand before the file.
			for (const [name, value] of Object.entries({ id, folder, title, ...(description ? { description } : {}) })) form.set(name, value);
			form.set('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), filename);
			await send('POST', '/files', { headers: authorization, body: form });
		},
		accepts: async (other) => (await timedFetch(`${url}/users/me?fields=id`, { headers: { authorization: `Bearer ${other}` } })).ok,
		writes: () => writes,
	});
}

/** True when a Directus at `url` answers. */
export async function pingDirectus(url: string): Promise<boolean> {
	const answer = await fetch(`${url}/server/ping`, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
	return answer?.ok === true && (await answer.text()) === 'pong';
}

const timedFetch: typeof fetch = (input, init) => fetch(input, { signal: AbortSignal.timeout(READ_TIMEOUT_MS), ...init });

function post(address: string, body: object): Promise<Response | null> {
	const init = {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(SIGN_IN_TIMEOUT_MS),
	};
	return fetch(address, init).catch(() => null);
}

async function answered<T>(request: Promise<T>): Promise<T> {
	try {
		return await request;
	} catch (error) {
		if (error instanceof Error && error.name === 'AbortError') throw error;
		if (isMissing(error)) throw new DomainError('not-found', 'Directus has no such item', { cause: error });
		throw new DomainError('unavailable', describe(error), { cause: error });
	}
}

/** Directus answers 403 FORBIDDEN for an item that is not there; a locked licence has another code. */
function isMissing(error: unknown): boolean {
	const { response, errors } = error as {
		readonly response?: unknown;
		readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
	};
	if (!(response instanceof Response)) return false;
	return response.status === 404 || (response.status === 403 && errors?.[0]?.extensions?.code === 'FORBIDDEN');
}

function describe(error: unknown): string {
	const response = (error as { readonly response?: unknown } | null)?.response;
	if (response instanceof Response) return `Directus answered ${response.status}: check the service token and the licence`;
	return 'Directus does not answer';
}
