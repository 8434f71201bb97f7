import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What viewers of a room do: open streams, and talk. Each order is answered once it is done. */
export type ViewersOrder =
	/** Opens streams until there are so many. Cookies are taken in turn. */
	| { readonly open: number; readonly port: number; readonly slug: string; readonly cookies: readonly string[] }
	/** Posts so many lines of chat, one after another by all the cookies, and waits until each stream has each of them. */
	| { readonly lines: number; readonly perSecond: number };

/** Milliseconds from the start of a post to its arrival, over all lines at all streams. */
export interface Arrivals {
	readonly p50: number;
	readonly p99: number;
	readonly last: number;
	/** Lines that did not come to a stream within {@link PATIENCE_MS}, came twice or out of order. */
	readonly lost: number;
	/** Posts that were not taken. */
	readonly refused: number;
}

interface Viewer {
	rest: string;
	seq: number;
}

const AT_ONCE = 100;
const PATIENCE_MS = 15_000;
const LINE = /^id: (\d+)\nevent: chat\n.*"line (\d+)"/;
const viewers: Viewer[] = [];
let room = { port: 0, slug: '', cookies: [] as readonly string[] };
let sentAt: number[] = [];
let arrivals = new Float64Array();
let count = 0;
let wrong = 0;
let isTold = (): void => undefined;

process.on('disconnect', () => process.exit(0));
process.on('message', (order: ViewersOrder) => void ('open' in order ? openUpTo(order) : talk(order)));

async function openUpTo({ open, ...of }: Extract<ViewersOrder, { readonly open: number }>): Promise<void> {
	room = of;
	while (viewers.length < open) {
		const from = viewers.length;
		await Promise.all(Array.from({ length: Math.min(AT_ONCE, open - from) }, (_none, at) => openOne(from + at)));
	}
	process.send?.({ open: viewers.length });
}

function openOne(at: number): Promise<void> {
	const { port, slug, cookies } = room;
	const viewer: Viewer = { rest: '', seq: 0 };
	viewers.push(viewer);
	return new Promise((done, fail) => {
		const socket = connect(port, '127.0.0.1', () =>
			socket.write(
				`GET /api/v1/webinars/${slug}/stream HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/event-stream\r\ncookie: ${cookies[at % cookies.length] ?? ''}\r\n\r\n`,
			),
		);
		let isOpen = false;
		socket.setEncoding('latin1');
		socket.on('error', fail);
		socket.on('close', () => fail(new Error('a stream was closed')));
		socket.on('data', (chunk: string) => {
			if (!isOpen) {
				if (!chunk.startsWith('HTTP/1.1 200')) fail(new Error(`a stream was refused: ${chunk.slice(0, 300)}`));
				isOpen = true;
				done();
			}
			take(viewer, chunk);
		});
	});
}

function take(viewer: Viewer, chunk: string): void {
	const at = performance.now();
	const frames = (viewer.rest + chunk).split('\n\n');
	viewer.rest = frames.pop() ?? '';
	for (const frame of frames) {
		const found = LINE.exec(frame.slice(Math.max(0, frame.indexOf('id: '))));
		if (!found) continue;
		const seq = Number(found[1]);
		const sent = sentAt[Number(found[2])];
		if (seq <= viewer.seq) wrong += 1;
		viewer.seq = seq;
		if (sent === undefined) continue;
		arrivals[count++] = at - sent;
		if (count === arrivals.length) isTold();
	}
}

let said = 0;

async function talk({ lines, perSecond }: Extract<ViewersOrder, { readonly lines: number }>): Promise<void> {
	[arrivals, count, wrong, sentAt] = [new Float64Array(lines * viewers.length), 0, 0, []];
	const all = new Promise<void>((done) => (isTold = done));
	const posts: Promise<boolean>[] = [];
	const begin = performance.now();
	for (let n = 0; n < lines; n++) {
		await pause(Math.max(0, begin + (n * 1_000) / perSecond - performance.now()));
		posts.push(say((said += 1)));
	}
	const taken = await Promise.all(posts);
	await Promise.race([all, pause(PATIENCE_MS)]);
	const sorted = arrivals.subarray(0, count).sort();
	process.send?.({
		p50: sorted[Math.floor(count / 2)] ?? 0,
		p99: sorted[Math.floor(count * 0.99)] ?? 0,
		last: sorted.at(-1) ?? 0,
		lost: arrivals.length - count + wrong,
		refused: taken.filter((isTaken) => !isTaken).length,
	} satisfies Arrivals);
}

/** Posts one line over HTTP, as a browser does. */
async function say(n: number): Promise<boolean> {
	const { port, slug, cookies } = room;
	sentAt[n] = performance.now();
	const answer = await fetch(`http://127.0.0.1:${port}/api/v1/webinars/${slug}/interactions`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', cookie: cookies[n % cookies.length] ?? '' },
		body: JSON.stringify({ kind: 'chat', text: `line ${n}` }),
	});
	await answer.body?.cancel();
	return answer.status === 201;
}
