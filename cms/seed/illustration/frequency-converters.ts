import { hf30550, hf32200 } from './converter-cabinet.ts';
import { hf10075 } from './converter-decentral.ts';
import { hf79000 } from './converter-floor.ts';
import type { View } from './kit.ts';

/** The four frequency converters of the range. */
export const frequencyConverters: Record<string, (view: View) => string> = {
	'hf1-0075': hf10075,
	'hf3-0550': hf30550,
	'hf3-2200': hf32200,
	'hf7-9000': hf79000,
};
