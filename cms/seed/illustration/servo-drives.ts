import { hd3005, hd3012, hd32x08 } from './drive-compact.ts';
import { hd5040 } from './drive-regenerative.ts';
import type { View } from './kit.ts';

/** The four servo drives of the range. */
export const servoDrives: Record<string, (view: View) => string> = { 'hd3-005': hd3005, 'hd3-012': hd3012, 'hd3-2x08': hd32x08, 'hd5-040': hd5040 };
