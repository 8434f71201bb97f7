import { box, centred, centreLine, colour, face, hatch, prism, ring, turned, weight } from './kit.ts';
import { block, floor, linearAxis, post } from './scene-parts.ts';
import { servoMotor } from './servo-motor.ts';
import type { Vec, View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** A gantry of servo axes over a machine table. */
export function gantry(view: View): string {
	const servo = (at: Vec, size: number): string => servoMotor(view.moved(at), size, size * 2, { grooves: false, single: true, bare: true });
	return [
		floor(view, [-400, -300, -460], 1800, 1300, 100),
		...[-40, 1140].map((x) => post(view, [x, -60, -460], 90, 460)),
		box(view, [200, 120, -420], [800, 520, 90]),
		hatch(face(view, 'z', [200, 120, -330]), 0, 0, 800, 520, 8, true, accent),
		...[
			[300, 240],
			[560, 240],
			[820, 240],
			[300, 480],
			[560, 480],
			[820, 480],
		].map(([x, y]) => block(view, [x!, y!, -330], 110, 90, 50, 12)),
		servo([-110, -60, 60], 110),
		linearAxis(view, [-110, -120, 0], 1320, 120, 560),
		box(view, [560, -120, 100], [170, 900, 110]),
		...[0, 1].map((i) => box(view, [590 + i * 80, -120, 210], [18, 900, 14])),
		hatch(face(view, 'x', [730, -120, 100]), 0, 20, 900, 70, 2),
		box(view, [540, 300, 224], [220, 170, 30]),
		box(view, [740, 330, -150], [70, 110, 470]),
		prism(view, 'z', [775, 385, 420], centred(100, 100, 10), 100),
		prism(view, 'z', [775, 385, 560], centred(90, 90, 10), 140),
		...[0, 1, 2].map((i) => ring(face(view, 'x', [825, 355 + i * 30, 380]), 0, 0, 8)),
		prism(view, 'z', [775, 385, -150], centred(130, 150, 8), 36),
		turned(
			view,
			'z',
			[775, 385, -250],
			[
				[50, 16],
				[16, 26],
			],
		),
		...[-40, 1140].map((x) => post(view, [x, 780, -460], 90, 460)),
		linearAxis(view, [-110, 720, 0], 1320, 120, 560),
		servo([-110, 780, 60], 110),
		centreLine(view, [775, 385, -180], [775, 385, -330]),
	].join('');
}
