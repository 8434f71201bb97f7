import { packagingCam, servoAxis, torqueSpeed } from './motif-curve.ts';
import { inertia } from './motif-inertia.ts';
import { safeStops, safeTorqueOff, stops } from './motif-stop.ts';
import type { Pen } from './pen.ts';

/** Motifs of the series on drive fundamentals. */
export const driveMotifs: Record<string, (p: Pen) => string> = {
	'inertia-matching-for-servo-axes': inertia,
	'safe-torque-off-in-practice': safeTorqueOff,
	'choosing-servo-motors-for-packaging': packagingCam,
	'reading-a-torque-speed-curve': torqueSpeed,
	'sto-and-ss1-explained': stops,
	'sizing-a-servo-axis': servoAxis,
	'safe-stops-explained': safeStops,
};
