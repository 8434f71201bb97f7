import { hx4e58 } from './sensor-encoder.ts';
import { hx2l90 } from './sensor-laser.ts';
import { hx1p18 } from './sensor-proximity.ts';
import { hx6t } from './sensor-transmitter.ts';
import type { View } from './kit.ts';

/** The four sensors of the range. */
export const sensors: Record<string, (view: View) => string> = { 'hx1-p18': hx1p18, 'hx2-l90': hx2l90, 'hx4-e58': hx4e58, 'hx6-t': hx6t };
