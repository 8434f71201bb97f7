import { bottlingLine } from './scene-bottling-line.ts';
import { conveyorHub } from './scene-conveyor-hub.ts';
import { flowWrapper } from './scene-flow-wrapper.ts';
import { pumpingStation } from './scene-pumping-station.ts';
import { servoPress } from './scene-servo-press.ts';
import { stackingCell } from './scene-stacking-cell.ts';
import type { View } from './kit.ts';

/** One scene per customer case. */
export const caseScenes: Record<string, (view: View) => string> = {
	'flow-wrapper-rebuild': flowWrapper,
	'servo-press-retrofit': servoPress,
	'pumping-station-suzhou': pumpingStation,
	'conveyor-hub-energy': conveyorHub,
	'bottling-line-bearings': bottlingLine,
	'battery-stacking-cell': stackingCell,
};
