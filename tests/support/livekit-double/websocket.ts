import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Source: RFC 6455, section 1.3. */
const HANDSHAKE = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const FINAL = 0x80;

/** The server's end of a WebSocket that carries binary messages. */
export interface Socket {
	send(message: Uint8Array): void;
	close(): void;
}

/** Accepts an upgrade. `take` gets each whole message, `gone` is called once when the connection is over. */
export function acceptSocket(request: IncomingMessage, stream: Duplex, take: (message: Buffer) => void, gone: () => void): Socket {
	const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${HANDSHAKE}`).digest('base64');
	stream.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
	const send = (kind: number, body: Uint8Array): void => void (stream.writable && stream.write(Buffer.concat([headOf(kind, body.length), body])));
	let waiting = Buffer.alloc(0);
	let parts: Buffer[] = [];
	stream.on('data', (chunk: Buffer) => {
		waiting = Buffer.concat([waiting, chunk]);
		for (let frame = readFrame(waiting); frame !== null; frame = readFrame(waiting)) {
			waiting = waiting.subarray(frame.size);
			if (frame.kind === CLOSE) stream.end(Buffer.concat([headOf(CLOSE, 0)]));
			else if (frame.kind === PING) send(PONG, frame.body);
			else if (frame.kind < CLOSE) {
				parts.push(frame.body);
				if (!frame.isLast) continue;
				take(Buffer.concat(parts));
				parts = [];
			}
		}
	});
	stream.on('error', () => stream.destroy());
	stream.once('close', gone);
	return { send: (message) => send(BINARY, message), close: () => stream.end(headOf(CLOSE, 0)) };
}

function headOf(kind: number, length: number): Buffer {
	if (length < 126) return Buffer.from([FINAL | kind, length]);
	const head = Buffer.alloc(length < 65_536 ? 4 : 10);
	head[0] = FINAL | kind;
	head[1] = length < 65_536 ? 126 : 127;
	if (length < 65_536) head.writeUInt16BE(length, 2);
	else head.writeBigUInt64BE(BigInt(length), 2);
	return head;
}

/** The first frame of `bytes`, unmasked, and how many bytes it took; null: it is not all there yet. */
function readFrame(bytes: Buffer): { kind: number; isLast: boolean; body: Buffer; size: number } | null {
	if (bytes.length < 2) return null;
	const short = bytes[1]! & 0x7f;
	const head = short === 126 ? 4 : short === 127 ? 10 : 2;
	if (bytes.length < head + 4) return null;
	const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
	const size = head + 4 + length;
	if (bytes.length < size) return null;
	const mask = bytes.subarray(head, head + 4);
	const body = Buffer.from(bytes.subarray(head + 4, size).map((byte, at) => byte ^ mask[at % 4]!));
	return { kind: bytes[0]! & 0x0f, isLast: (bytes[0]! & FINAL) !== 0, body, size };
}
