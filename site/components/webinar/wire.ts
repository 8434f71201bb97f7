import type { RoomMessage } from '#webinar';

import type { RoomData } from './room-data.ts';

type Failure = keyof RoomData['words']['failed'];
export type Outcome =
	/** `seq`: number of the line that came of it; `isHeld`: it waits for the host. */
	| { readonly isDone: true; readonly seq: number | null; readonly isHeld: boolean }
	| { readonly isDone: false; readonly code: Failure; readonly waitSeconds: number };

const address = (slug: string, path: string): string => `/api/v1/webinars/${slug}/${path}`;

/** Posts to the room and reads a refusal as a word's name. */
export async function post(slug: string, path: string, body: object): Promise<Outcome> {
	try {
		const answer = await fetch(address(slug, path), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		if (answer.ok) {
			const { seq, isHeld = false } = (await answer.json()) as { seq: number | null; isHeld?: boolean };
			return { isDone: true, seq, isHeld };
		}
		const problem = (await answer.json().catch(() => ({}))) as { errors?: readonly { field?: string }[] };
		return {
			isDone: false,
			code: failureOf(answer.status, problem.errors?.[0]?.field ?? ''),
			waitSeconds: Number(answer.headers.get('retry-after') ?? 5),
		};
	} catch {
		return { isDone: false, code: 'unknown', waitSeconds: 5 };
	}
}

/** Which words a refusal has; fields tell apart what has the same status. */
function failureOf(status: number, field: string): Failure {
	if (status === 429) return 'slow-down';
	if (status === 403) return field === 'author' ? 'banned' : 'refused';
	if (status === 409) return field === 'vote' ? 'already-voted' : 'closed';
	if (status === 422) return field === 'text' ? 'empty' : 'unknown';
	return 'unknown';
}

/** What the page does with lines of each kind; those it does not name pass by. */
type Handlers = { readonly [K in RoomMessage['kind']]?: (message: Extract<RoomMessage, { kind: K }>) => void };

/**
 * Follows the room's stream; each number is handed on once. The browser comes back by itself with its last number; where the hub
 * refused for a moment, this tries again, later each time. Returns what ends it.
 */
export function listen(root: HTMLElement, { slug, words }: RoomData, handlers: Handlers): () => void {
	const state = root.querySelector('[data-connection]');
	const seen = { seq: 0 };
	let source: EventSource | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let failures = 0;
	const say = (text: string): void => {
		if (state && state.textContent !== text) state.textContent = text;
	};

	const open = (): void => {
		source = new EventSource(address(slug, 'stream'));
		source.addEventListener('open', () => {
			if (failures > 0) say(words.connection.back);
			failures = 0;
		});
		source.addEventListener('error', () => {
			failures++;
			say(words.connection.lost);
			if (source?.readyState !== EventSource.CLOSED) return;
			clearTimeout(timer);
			timer = setTimeout(open, Math.min(30_000, 1_000 * 2 ** failures) * (0.5 + Math.random()));
		});
		// Opened in too many places: the newest stay, and this one does not come back by itself.
		source.addEventListener('elsewhere', () => {
			source?.close();
			clearTimeout(timer);
			say('');
			const notice = root.querySelector<HTMLElement>('[data-elsewhere]');
			if (notice) notice.hidden = false;
		});
		for (const kind of Object.keys(handlers) as RoomMessage['kind'][]) {
			source.addEventListener(kind, (event) => {
				const message = JSON.parse((event as MessageEvent<string>).data) as RoomMessage;
				if (message.seq <= seen.seq) return;
				seen.seq = message.seq;
				(handlers[kind] as ((message: RoomMessage) => void) | undefined)?.(message);
			});
		}
	};
	open();
	return () => {
		clearTimeout(timer);
		source?.close();
	};
}
