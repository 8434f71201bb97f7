import { connect, type Socket } from 'node:net';

/** Requests without pause over `connections` for `milliseconds`. */
export interface LoadOrder {
	readonly port: number;
	readonly path: string;
	readonly connections: number;
	readonly milliseconds: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Sends one new behaviour event a request. */
	readonly isEvents: boolean;
	/** Last words of queries, taken in turn. */
	readonly words: readonly string[];
	/** `Cookie` headers, taken in turn: each request is another visitor's. */
	readonly cookies?: readonly string[];
}

export interface LoadResult {
	readonly perSecond: number;
	readonly seconds: number;
	readonly failed: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
}

/** Digits that change with each request, so that ids and forwarded addresses differ. Same width, so the length stays. */
const ID = '00000000-0000-7000-8000-000000000000';
const ADDRESS = '10.100.100.100';
const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('content-length: ');

let count = 0;
const startedAt = Date.now().toString(16).padStart(12, '0');

process.on('message', (order: LoadOrder) => void run(order).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit(0));

async function run(order: LoadOrder): Promise<LoadResult> {
	const latencies: number[] = [];
	let failed = 0;
	const until = performance.now() + order.milliseconds;
	const began = performance.now();
	await Promise.all(
		Array.from({ length: order.connections }, (_, index) =>
			drive(order, index, until, (ms, isGood) => {
				latencies.push(ms);
				if (!isGood) failed += 1;
			}),
		),
	);
	const seconds = (performance.now() - began) / 1_000;
	latencies.sort((a, b) => a - b);
	const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
	return { perSecond: latencies.length / seconds, seconds, failed, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** One connection: the next request when the last is answered. */
function drive(order: LoadOrder, index: number, until: number, done: (ms: number, isGood: boolean) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const words = order.words.length > 0 ? order.words : [''];
		const requests = order.cookies ? preparedFor(order, order.cookies) : words.map((word) => requestOf(order, word));
		let turn = index * Math.floor(requests.length / order.connections + 1);
		let sentAt = 0;
		let missing = 0;
		let isGood = true;
		let rest: Buffer | null = null;
		const socket: Socket = connect(order.port, '127.0.0.1');
		const send = (): void => {
			sentAt = performance.now();
			socket.write(vary(requests[(turn += 1) % requests.length]!));
		};
		socket.setNoDelay(true);
		socket.once('connect', send);
		socket.on('error', reject);
		socket.on('data', (chunk) => {
			const data: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
			rest = null;
			if (missing === 0) {
				const head = data.indexOf(HEAD_END);
				if (head < 0) return void (rest = data);
				isGood = data[9] === 0x32;
				const at = data.indexOf(LENGTH) + LENGTH.length;
				missing = head + HEAD_END.length + Number.parseInt(data.toString('latin1', at, at + 9), 10);
			}
			missing -= data.length;
			if (missing > 0) return;
			missing = 0;
			done(performance.now() - sentAt, isGood);
			if (performance.now() < until) send();
			else socket.destroy();
		});
		socket.once('close', resolve);
	});
}

let prepared: { readonly cookies: readonly string[]; readonly requests: readonly Prepared[] } | null = null;

/** All connections share the requests of one order. */
function preparedFor(order: LoadOrder, cookies: readonly string[]): readonly Prepared[] {
	if (prepared?.cookies !== cookies)
		prepared = { cookies, requests: cookies.map((cookie) => requestOf({ ...order, headers: { ...order.headers, cookie } }, '')) };
	return prepared.requests;
}

interface Prepared {
	readonly bytes: Buffer;
	readonly idAt: number;
	readonly addressAt: number;
}

function requestOf({ path, headers, isEvents }: LoadOrder, word: string): Prepared {
	const body = isEvents
		? JSON.stringify({
				events: [{ id: ID, type: 'page.view', at: new Date().toISOString(), subject: 'white_papers:0192b1de', props: { path: '/white-papers/a' } }],
			})
		: '';
	const all = {
		host: '127.0.0.1',
		'x-forwarded-for': ADDRESS,
		'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
		...headers,
	};
	const lines = Object.entries(all)
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('');
	const first = isEvents
		? `POST ${path} HTTP/1.1\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n`
		: `GET ${path}${word} HTTP/1.1\r\n`;
	const bytes = Buffer.from(`${first}${lines}\r\n${body}`);
	return { bytes, idAt: bytes.indexOf(ID), addressAt: bytes.indexOf(ADDRESS) };
}

function vary({ bytes, idAt, addressAt }: Prepared): Buffer {
	count += 1;
	const part = (n: number): string => String(100 + (n % 100));
	bytes.write(`${part(count)}.${part(Math.floor(count / 100))}`, addressAt + 3, 'latin1');
	if (idAt >= 0) {
		// The time first, as in UUIDv7, so that rows are added at the end of the index.
		bytes.write(`${startedAt.slice(0, 8)}-${startedAt.slice(8)}`, idAt, 'latin1');
		bytes.write(count.toString(16).padStart(12, '0'), idAt + 24, 'latin1');
	}
	return idAt >= 0 ? Buffer.from(bytes) : bytes;
}
