import { efficiency, pump, regeneration } from './motif-energy.ts';
import { gears } from './motif-gears.ts';
import { harmonics, sixPulse } from './motif-mains.ts';
import { codeDisc, ioLink, mounting, spectrum, trend } from './motif-signal.ts';
import type { Pen } from './pen.ts';

/** Motifs of the series on running plants and on measurements. */
export const plantMotifs: Record<string, (p: Pen) => string> = {
	'harmonics-and-active-front-ends': harmonics,
	'pump-energy-at-part-load': pump,
	'gear-unit-life-under-shock-load': gears,
	'what-ie4-changes': efficiency,
	'braking-resistor-or-regeneration': regeneration,
	'bearing-damage-from-vibration': spectrum,
	'absolute-encoders-and-homing': codeDisc,
	'mounting-a-vibration-sensor': mounting,
	'io-link-in-ten-minutes': ioLink,
	'first-year-of-condition-monitoring': trend,
	'harmonics-in-older-plants': sixPulse,
};
