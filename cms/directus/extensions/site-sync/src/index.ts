/** Tells the hub what changed. Only listens: it changes nothing and forbids nothing in Directus. */
interface Meta {
	readonly collection?: string;
	readonly key?: string | number;
	readonly keys?: readonly (string | number)[];
}

interface Hooks {
	action(event: string, handler: (meta: Meta) => void): void;
}

interface Context {
	readonly env: Readonly<Record<string, unknown>>;
	readonly logger: { warn(message: string): void };
}

/** Pauses between attempts; after the last one the hub's own comparison, each minute, finds the change. */
const RETRY_AFTER_MS = [200, 500, 1_000, 3_000, 10_000];
const GATHER_MS = 20;
const TIMEOUT_MS = 3_000;

export default function siteSync({ action }: Hooks, { env, logger }: Context): void {
	const url = env['FOYER_HOOK_URL'];
	const secret = env['FOYER_HOOK_SECRET'];
	if (typeof url !== 'string' || typeof secret !== 'string') return;
	const changed = new Map<string, Set<string>>();
	let isGathering = false;

	const send = async (): Promise<void> => {
		isGathering = false;
		const changes = [...changed].map(([collection, keys]) => ({ collection, keys: [...keys] }));
		changed.clear();
		for (const waitMs of [0, ...RETRY_AFTER_MS]) {
			await new Promise((resolve) => setTimeout(resolve, waitMs));
			if (await post(url, secret, { changes })) return;
		}
		logger.warn(`site-sync: the hub at ${url} did not take a change notice`);
	};
	const note = (collection: string | undefined, { key, keys }: Meta): void => {
		if (collection === undefined) return;
		const known = changed.get(collection) ?? new Set();
		changed.set(collection, known);
		for (const id of keys ?? (key === undefined ? [] : [key])) known.add(String(id));
		if (isGathering) return;
		isGathering = true;
		setTimeout(() => void send(), GATHER_MS);
	};

	for (const kind of ['create', 'update', 'delete', 'promote', 'sort']) action(`items.${kind}`, (meta) => note(meta.collection, meta));
	for (const kind of ['upload', 'update', 'delete']) action(`files.${kind}`, (meta) => note('directus_files', meta));
	for (const kind of ['update', 'delete']) action(`folders.${kind}`, (meta) => note('directus_folders', meta));
}

async function post(url: string, secret: string, body: object): Promise<boolean> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
	const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
	await answer?.body?.cancel();
	return answer?.ok === true;
}
