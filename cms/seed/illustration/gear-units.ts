import { hg4250 } from './gear-bevel.ts';
import { hg2063 } from './gear-hypoid.ts';
import { hg1040, hg1090 } from './gear-planetary.ts';
import type { View } from './kit.ts';

/** The four gear units of the range. */
export const gearUnits: Record<string, (view: View) => string> = { 'hg1-040': hg1040, 'hg1-090': hg1090, 'hg2-063': hg2063, 'hg4-250': hg4250 };
