import { box, centred, colour, face, hatch, patch, plate, prism, ring, turned, weight, wire } from './kit.ts';
import { block, conveyor, floor, post } from './scene-parts.ts';
import type { Vec, View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

function frontMotor(view: View, at: Vec, size: number): string {
	const [x, y, z] = at;
	return [
		prism(view, 'y', [x, y + size * 0.2, z], centred(size, size, size * 0.08), size * 0.2),
		prism(view, 'y', [x, y + size * 1.4, z], centred(size * 0.92, size * 0.92, size * 0.1), size * 1.2),
		prism(view, 'y', [x, y + size * 1.8, z], centred(size * 0.8, size * 0.8, size * 0.12), size * 0.4),
		ring(face(view, 'y', [x, y + size * 1.8, z]), 0, 0, size * 0.12),
		turned(view, 'z', [x, y + size * 1.1, z + size * 0.46], [[size * 0.24, size * 0.14]]),
	].join('');
}

/** A flow wrapper: infeed with products, film reel, fin seal, cross-sealing jaws. */
export function flowWrapper(view: View): string {
	const product = (x: number): string => block(view, [x, -60, 0], 120, 90, 36, 14);
	const wrapped = (x: number): string =>
		block(view, [x, -80, 0], 170, 120, 50, 10) + [12, 158].map((u) => hatch(face(view, 'z', [x + u - 12, -80, 50]), 0, 0, 24, 120, 4, true)).join('');
	return [
		floor(view, [-1300, -500, -500], 2700, 1050, 150),
		post(view, [-140, -260, -500], 80, 1180),
		post(view, [420, -260, -500], 80, 980),
		conveyor(view, [-1200, -150, 0], 1160, 300, -500),
		...[-1150, -950, -750, -550, -350].map(product),
		turned(
			view,
			'y',
			[-140, -230, 560],
			[
				[30, 70],
				[260, 210],
				[20, 70],
			],
		),
		...[180, 150, 120, 90].map((r) => ring(face(view, 'y', [-140, 30, 560]), 0, 0, r)),
		ring(face(view, 'y', [-140, 50, 560]), 0, 0, 40),
		turned(view, 'y', [120, -230, 420], [[280, 26]]),
		wire(
			view,
			[
				[60, 30, 500],
				[140, 50, 430],
				[-60, 60, 130],
			],
			accent,
		),
		wire(
			view,
			[
				[60, -220, 500],
				[140, -220, 430],
				[-60, -150, 130],
			],
			accent,
		),
		patch(face(view, 'y', [0, 110, 0]), [
			[-100, 0],
			[40, 0],
			[40, 80],
			[-60, 150],
			[-100, 150],
		]),
		box(view, [-60, -220, -420], [1000, 420, 420]),
		hatch(face(view, 'y', [-60, 200, -420]), 40, 40, 260, 300, 8),
		plate(face(view, 'y', [-60, 200, -420]), 360, 40, 260, 320),
		plate(face(view, 'y', [-60, 200, -420]), 660, 40, 260, 320),
		prism(
			view,
			'y',
			[0, 120, 0],
			[
				[-60, 0],
				[300, 0],
				[300, 70],
				[40, 70],
				[-60, 140],
			],
			240,
		),
		box(view, [420, -230, 0], [260, 60, 420]),
		box(view, [420, -170, 330], [260, 330, 90]),
		turned(view, 'y', [550, -150, 250], [[280, 62]]),
		box(view, [530, -150, 176], [40, 280, 30]),
		turned(view, 'y', [550, -150, 90], [[280, 62]]),
		box(view, [420, 130, 0], [260, 50, 420]),
		...[250, 90].map((z) => ring(face(view, 'y', [550, 180, z]), 0, 0, 74) + ring(face(view, 'y', [550, 180, z]), 0, 0, 30)),
		frontMotor(view, [550, 180, 250], 100),
		conveyor(view, [940, -150, 0], 420, 300, -500),
		wrapped(740),
		wrapped(960),
		wrapped(1170),
		frontMotor(view, [40, 200, -80], 90),
	].join('');
}
