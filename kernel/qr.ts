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
