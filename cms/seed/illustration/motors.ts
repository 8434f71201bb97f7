import { asynchronousMotor } from './asynchronous-motor.ts';
import type { View } from './kit.ts';
import { servoMotor } from './servo-motor.ts';

/** The four motors of the range. */
export const motors: Record<string, (view: View) => string> = {
	'hm2-071': (view) => asynchronousMotor(view, { height: 71, length: 205, fins: 30, shaft: [9, 38], feet: false, flange: 80, glands: 1 }),
	'hm2-132': (view) => asynchronousMotor(view, { height: 132, length: 420, fins: 44, shaft: [19, 80], feet: true, eye: true, glands: 2 }),
	'hs4-060': (view) => servoMotor(view, 60, 118, { grooves: false, single: false }),
	'hs4-100': (view) => servoMotor(view, 100, 236, { grooves: true, single: true }),
};
