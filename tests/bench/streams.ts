import { connect } from 'node:net';

/** Opens this many event streams, then tells when each next line came to the half, to 99 in 100 and to the last of them. */
export interface StreamsOrder {
	readonly port: number;
	readonly path: string;
	/** Taken in turn. */
	readonly cookies: readonly string[];
	readonly streams: number;
}

/** Epoch milliseconds. */
export interface Arrival {
	readonly p50: number;
	readonly p99: number;
	readonly last: number;
}

const LINE = Buffer.from('\nevent: chat\n');

process.on('disconnect', () => process.exit(0));
process.on('message', ({ port, path, cookies, streams }: StreamsOrder) => {
	let open = 0;
	let arrivals: number[] = [];
	for (let n = 0; n < streams; n++) {
		const socket = connect(port, '127.0.0.1', () =>
			socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookies[n % cookies.length] ?? ''}\r\n\r\n`),
		);
		let isOpen = false;
		socket.on('error', (error) => {
			throw error;
		});
		socket.on('data', (chunk) => {
			if (!isOpen) {
				if (chunk[9] !== 0x32) throw new Error(`a stream was refused: ${chunk.toString().slice(0, 300)}`);
				isOpen = true;
				open += 1;
				if (open === streams) process.send?.({ open });
				return;
			}
			if (!chunk.includes(LINE)) return;
			arrivals.push(performance.timeOrigin + performance.now());
			if (arrivals.length < streams) return;
			process.send?.({
				p50: arrivals[Math.floor(streams / 2)]!,
				p99: arrivals[Math.floor(streams * 0.99)]!,
				last: arrivals.at(-1)!,
			} satisfies Arrival);
			arrivals = [];
		});
	}
});
