import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

/** What Node keeps beside each connection to read requests from it. Not documented: where it looks different, it is left alone. */
interface RequestParser {
	incoming: unknown;
	outgoing: unknown;
	socket: unknown;
	onIncoming: unknown;
	unconsume(): void;
	remove(): void;
	close(): void;
	[callback: number]: unknown;
}

const HTTP_EVENTS = ['data', 'end', 'close', 'drain', 'error', 'timeout'];
const CALLBACKS = 8;

/**
 * Takes a connection away from HTTP once the head of an endless answer is written: the parser and the two messages cost three times as much
 * memory as the connection itself (14 and 5 KiB, Node 24.21), and an event stream needs none of them. Whatever is written to the
 * result goes out as it is, so the answer must be one without chunks, and ends with its connection.
 * Returns the answer itself when Node is not as expected, or other answers wait on the connection.
 */
export async function bareSocketOf(req: IncomingMessage, res: ServerResponse): Promise<Writable> {
	await turn(); // Never inside the parser's own call.
	const socket: Socket & { parser?: unknown } = req.socket;
	const { parser } = socket;
	if (socket.destroyed || res.socket !== socket || res.chunkedEncoding || !isParser(parser)) return res;
	res.detachSocket(socket);
	for (const event of HTTP_EVENTS) socket.removeAllListeners(event);
	socket.on('error', () => socket.destroy());
	socket.on('end', () => socket.destroy());
	parser.unconsume();
	parser.remove();
	for (let at = 0; at < CALLBACKS; at++) parser[at] = null;
	Object.assign(parser, { incoming: null, outgoing: null, socket: null, onIncoming: null });
	socket.parser = null;
	parser.close();
	socket.setTimeout(0);
	socket.resume();
	return socket;
}

function isParser(parser: unknown): parser is RequestParser {
	if (typeof parser !== 'object' || parser === null) return false;
	return ['unconsume', 'remove', 'close'].every((name) => typeof (parser as Record<string, unknown>)[name] === 'function');
}
