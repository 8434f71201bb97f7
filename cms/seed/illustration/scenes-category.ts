import { converterRow } from './scene-converter-row.ts';
import { gearedConveyor, sensorLine } from './scene-conveyor.ts';
import { gantry } from './scene-gantry.ts';
import { pumpSkid, watchedTrain } from './scene-pump-skid.ts';
import type { View } from './kit.ts';

/** One application scene per category. */
export const categoryScenes: Record<string, (view: View) => string> = {
	motors: pumpSkid,
	'servo-drives': gantry,
	'frequency-converters': converterRow,
	'gear-units': gearedConveyor,
	sensors: sensorLine,
	'condition-monitoring': watchedTrain,
};
