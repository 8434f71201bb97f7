import { asynchronousMotor } from './asynchronous-motor.ts';
import { box, centred, centreLine, colour, face, light, plate, prism, ring, screw, turned, weight, wire } from './kit.ts';
import { carton, conveyor, floor, post } from './scene-parts.ts';
import type { View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** A geared motor on the head drum of a conveyor. */
export function gearedConveyor(view: View): string {
	return [
		floor(view, [-1500, -450, -600], 2400, 1200, 150),
		conveyor(view, [-1400, -300, 0], 1900, 500, -600),
		carton(view, [-1200, -210, 0], [340, 300, 260]),
		carton(view, [-640, -200, 0], [280, 280, 200]),
		carton(view, [-80, -220, 0], [360, 320, 300]),
		turned(
			view,
			'y',
			[500, 200, -45],
			[
				[40, 90],
				[30, 36],
			],
		),
		box(view, [370, 250, -150], [240, 180, 220]),
		prism(view, 'y', [490, 446, -40], centred(220, 200, 40), 20),
		ring(face(view, 'y', [490, 446, -40]), 0, 0, 66),
		ring(face(view, 'y', [490, 446, -40]), 0, 0, 40),
		...[0, 1, 2, 3, 4, 5].map((i) => screw(face(view, 'y', [490, 446, -40]), Math.cos(i * 1.047) * 54, Math.sin(i * 1.047) * 54, 6)),
		asynchronousMotor(
			view.moved([370, 340, -30]),
			{ height: 100, length: 330, fins: 30, shaft: [14, 20], feet: false, flange: 118, glands: 1 },
			true,
		),
		box(view, [370, 250, -150], [240, 180, 220]),
		prism(view, 'y', [490, 446, -40], centred(220, 200, 40), 20),
		ring(face(view, 'y', [490, 446, -40]), 0, 0, 66),
		ring(face(view, 'y', [490, 446, -40]), 0, 0, 40),
		...[0, 1, 2, 3, 4, 5].map((i) => screw(face(view, 'y', [490, 446, -40]), Math.cos(i * 1.047) * 54, Math.sin(i * 1.047) * 54, 6)),
		centreLine(view, [490, 450, -40], [490, 640, -40]),
	].join('');
}

/** Sensors along a conveyor: a laser across, a proximity switch on the drum, light on the cartons. */
export function sensorLine(view: View): string {
	return [
		floor(view, [-1200, -700, -500], 2400, 1500, 150),
		post(view, [100, -480, -500], 60, 800),
		box(view, [60, -470, 260], [80, 120, 150]),
		conveyor(view, [-1000, -300, 0], 2000, 520, -500),
		carton(view, [-860, -180, 0], [300, 280, 300]),
		carton(view, [-280, -190, 0], [240, 280, 220]),
		wire(
			view,
			[
				[100, -350, 330],
				[100, 470, 330],
			],
			{ stroke: colour.accent, dash: '26 14' },
		),
		carton(view, [440, -190, 0], [300, 300, 260]),
		post(view, [100, 480, -500], 60, 800),
		box(view, [60, 400, 260], [80, 90, 150]),
		plate(face(view, 'y', [60, 490, 260]), 16, 20, 48, 60),
		light(face(view, 'y', [60, 490, 260]), 40, 115, 9),
		turned(
			view,
			'y',
			[1000, 260, -45],
			[
				[30, 26],
				[120, 22],
				[30, 16],
			],
		),
		box(view, [960, 230, -180], [80, 26, 170]),
		post(view, [-560, 420, -500], 50, 900),
		box(view, [-600, -40, 400], [80, 500, 40]),
		box(view, [-610, -90, 320], [100, 110, 150]),
		ring(face(view, 'z', [-560, -35, 320]), 0, 0, 30),
		wire(
			view,
			[
				[-560, -35, 320],
				[-640, -35, 4],
			],
			accent,
		),
		wire(
			view,
			[
				[-560, -35, 320],
				[-480, -35, 4],
			],
			accent,
		),
		wire(
			view,
			[
				[-640, -35, 4],
				[-480, -35, 4],
			],
			accent,
		),
	].join('');
}
