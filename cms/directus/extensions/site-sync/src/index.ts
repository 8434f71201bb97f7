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
	readonly logger: { info(message: string): void };
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
	let isSending = false;

	/** One sender at a time: what changes meanwhile goes along with the next notice. */
	const send = async (): Promise<void> => {
		while (changed.size > 0) {
			await pause(GATHER_MS);
			const changes = [...changed].map(([collection, keys]) => ({ collection, keys: [...keys] }));
			changed.clear();
			if (!(await deliver(changes))) logger.info(`site-sync: the hub at ${url} did not take a change notice; it finds the change within a minute`);
		}
		isSending = false;
	};
	const deliver = async (changes: object): Promise<boolean> => {
		for (const waitMs of [0, ...RETRY_AFTER_MS]) {
			await pause(waitMs);
			if (await post(url, secret, { changes })) return true;
		}
		return false;
	};
	const note = (collection: string | undefined, { key, keys }: Meta): void => {
		if (collection === undefined) return;
		const known = changed.get(collection) ?? new Set();
		changed.set(collection, known);
		for (const id of keys ?? (key === undefined ? [] : [key])) known.add(String(id));
		if (isSending) return;
		isSending = true;
		void send();
	};

	for (const kind of ['create', 'update', 'delete', 'promote', 'sort']) action(`items.${kind}`, (meta) => note(meta.collection, meta));
	for (const kind of ['upload', 'update', 'delete']) action(`files.${kind}`, (meta) => note('directus_files', meta));
	for (const kind of ['update', 'delete']) action(`folders.${kind}`, (meta) => note('directus_folders', meta));
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

async function post(url: string, secret: string, body: object): Promise<boolean> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
	const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
	await answer?.body?.cancel();
	return answer?.ok === true;
}
