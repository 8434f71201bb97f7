import { asynchronousMotor } from './asynchronous-motor.ts';
import { gateway } from './edge-gateway.ts';
import { box, centreLine, colour, face, hatch, plate, prism, radio, rectangle, ring, screw, turned } from './kit.ts';
import { coupling, floor, pipe, pump } from './scene-parts.ts';
import { node } from './vibration-node.ts';
import type { View } from './kit.ts';

const motor132 = { height: 132, length: 420, fins: 34, shaft: [19, 80], feet: true, eye: true, glands: 2 } as const;

/** A pump skid: motor, coupling, pump and pipework on one base frame. */
export function pumpSkid(view: View, nodes = false): string {
	return [
		floor(view, [-700, -400, -250], 1500, 800, 100),
		box(view, [-560, -200, -230], [1020, 400, 70]),
		hatch(face(view, 'y', [-560, 200, -230]), 20, 14, 980, 42, 2),
		...[-500, -180, 120, 400].map((x) => screw(face(view, 'z', [x, 176, -160]), 0, 0, 14)),
		box(view, [-460, -150, -160], [400, 300, 28]),
		asynchronousMotor(view, motor132, true),
		nodes ? node(view.moved([-120, 60, 118]), [0, 0, 0], false) : '',
		coupling(view, [60, 0, 0], 110, 62),
		pump(view, [240, 0, 0], 130),
		nodes ? node(view.moved([330, 30, 128]), [0, 0, 0], false) + radio(view, [-70, 20, 250], 1, 26) : '',
		turned(
			view,
			'z',
			[331, -72, 234],
			[
				[12, 76],
				[24, 50],
				[56, 66],
				[24, 50],
				[12, 76],
			],
		),
		pipe(view, 'z', [331, -72, 362], 260, 47),
		turned(
			view,
			'y',
			[331, -10, 290],
			[
				[16, 34],
				[50, 12],
				[8, 62],
			],
		),
		ring(face(view, 'y', [331, 64, 290]), 0, 0, 48),
		ring(face(view, 'y', [331, 64, 290]), 0, 0, 12),
		centreLine(view, [520, 0, 0], [760, 0, 0]),
	].join('');
}

/** A machine train under watch: nodes on motor and pump, the gateway on the wall. */
export function watchedTrain(view: View): string {
	const wall = face(view, 'y', [-700, -400, -250]);
	return [
		plate(wall, 0, 0, 1500, 900, 0, { fill: colour.paper }),
		hatch(wall, 0, 0, 1500, 900, 7, false, { stroke: '#dfe7e8' }),
		prism(view, 'y', [-330, -392, 230], rectangle(330, 300, 10), 8),
		gateway(view.moved([-256, -326, 310])),
		radio(view, [-88, -357, 510], 1, 30),
		radio(view, [-244, -357, 510], -1, 30),
		pumpSkid(view, true),
	].join('');
}
