import { crc32, deflateSync } from 'node:zlib';

import { create } from 'qrcode';

/** Modules left free around the code. Source: ISO/IEC 18004, section 6.3.8 (four). */
const QUIET_MODULES = 4;

/** A code as rectangles on a grid of `size` × `size` modules, quiet zone included. */
export interface QrDrawing {
	readonly size: number;
	/** Dark runs of one row: `x`, `y`, `width` in modules. */
	readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[];
}

/** Draws `text`; with `Q` a quarter of the code may be scratched or covered before a phone gives up, with `M` a seventh. */
export function qrRuns(text: string, correction: 'M' | 'Q' = 'Q'): QrDrawing {
	const { modules } = create(text, { errorCorrectionLevel: correction });
	const runs: { x: number; y: number; width: number }[] = [];
	for (let y = 0; y < modules.size; y++) {
		for (let x = 0; x < modules.size; x++) {
			if (!modules.get(y, x)) continue;
			const from = x;
			while (x < modules.size && modules.get(y, x)) x++;
			runs.push({ x: from + QUIET_MODULES, y: y + QUIET_MODULES, width: x - from });
		}
	}
	return { size: modules.size + 2 * QUIET_MODULES, runs };
}

/** The code as a PNG of one bit a pixel, each module `scale` pixels wide, black on white. Source: https://www.w3.org/TR/png-3/ */
export function qrPng(text: string, scale = 8): Buffer {
	const { size, runs } = qrRuns(text);
	const side = size * scale;
	const rowBytes = Math.ceil(side / 8);
	const row = (y: number): Buffer => {
		// The filter's byte, then white; dark runs clear their bits.
		const bytes = Buffer.concat([Buffer.from([0]), Buffer.alloc(rowBytes, 0xff)]);
		for (const run of runs) {
			if (run.y !== y) continue;
			for (let x = run.x * scale; x < (run.x + run.width) * scale; x += 1) bytes[1 + (x >> 3)]! &= ~(0x80 >> (x & 7));
		}
		return bytes;
	};
	const rows = Array.from({ length: size }, (_, y) => Array<Buffer>(scale).fill(row(y))).flat();
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header[8] = 1;
	return Buffer.concat([
		Buffer.from('89504e470d0a1a0a', 'hex'),
		pngChunk('IHDR', header),
		pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}
