import { boltCircle, box, centreLine, dimension, face, finned, plate, prism, regular, ring, screw, stroke, turned, weight } from './kit.ts';
import type { Vec, View } from './kit.ts';

/** Measures of an asynchronous motor in millimetres. */
interface FrameSize {
	/** Shaft height, which is also the radius of the body over its fins. */
	height: number;
	length: number;
	fins: number;
	shaft: readonly [radius: number, length: number];
	feet: boolean;
	/** Radius of a flange on the drive end; none without. */
	flange?: number;
	eye?: boolean;
	glands: number;
}

/** An asynchronous motor with its shaft along x and its drive end at x = 0; `bare` leaves out the dimensions. */
export function asynchronousMotor(view: View, { height: h, length, fins, shaft, feet, flange, eye, glands }: FrameSize, bare = false): string {
	const body = h * 0.93;
	const root = h * 0.8;
	const cowl = length * 0.2;
	const shield = length * 0.08;
	const parts: string[] = [];
	if (feet) {
		for (const y of [-h * 0.98, h * 0.62]) {
			parts.push(box(view, [-length * 0.78, y, -h], [length * 0.68, h * 0.36, h * 0.12]));
			for (const x of [-length * 0.7, -length * 0.18]) parts.push(screw(face(view, 'z', [x, y + h * 0.2, -h * 0.88]), 0, 0, h * 0.07));
			for (const x of [-length * 0.66, -length * 0.26])
				parts.push(box(view, [x, y + (y < 0 ? h * 0.2 : 0), -h * 0.88], [length * 0.09, h * 0.16, h * 0.5]));
		}
	}
	parts.push(
		turned(
			view,
			'x',
			[-length, 0, 0],
			[
				[cowl * 0.25, body * 0.9, body],
				[cowl * 0.75, body],
			],
		),
	);
	const cowlAngles = Array.from({ length: 9 }, (_, i) => -30 + i * 18);
	parts.push(...cowlAngles.map((angle) => cowlSlot(view, angle, body, -length + cowl * 0.62)));
	parts.push(prism(view, 'x', [-shield, 0, 0], finned(root, h * 0.15, fins), length - cowl - shield, weight.fine));
	parts.push(turned(view, 'x', [-shield, 0, 0], [[shield, body * 0.97]]));
	if (flange !== undefined) parts.push(turned(view, 'x', [-shield * 0.4, 0, 0], [[shield * 0.8, flange]]));
	const front = flange === undefined ? 0 : shield * 0.4;
	const drive = face(view, 'x', [front, 0, 0]);
	if (flange === undefined) {
		parts.push(ring(drive, 0, 0, body * 0.8), boltCircle(drive, 0, 0, body * 0.87, 4, h * 0.06));
	} else {
		parts.push(boltCircle(drive, 0, 0, flange * 0.84, 4, h * 0.075), ring(drive, 0, 0, flange * 0.68));
	}
	parts.push(
		turned(
			view,
			'x',
			[front, 0, 0],
			[
				[h * 0.06, body * 0.5],
				[h * 0.1, body * 0.32],
				[h * 0.06, shaft[0] * 1.35],
			],
		),
	);
	const neck = front + h * 0.22;
	parts.push(
		turned(
			view,
			'x',
			[neck, 0, 0],
			[
				[shaft[1] * 0.94, shaft[0]],
				[shaft[1] * 0.06, shaft[0], shaft[0] * 0.88],
			],
		),
	);
	parts.push(key(view, [neck + shaft[1] * 0.12, 0, shaft[0]], shaft[1] * 0.7, shaft[0] * 0.5));
	parts.push(ring(face(view, 'x', [neck + shaft[1], 0, 0]), 0, 0, shaft[0] * 0.22));
	parts.push(terminalBox(view, [-length * 0.62, -h * 0.44, h * 0.8], [length * 0.34, h * 0.88, h * 0.5], glands));
	if (eye === true) parts.push(liftingEye(view, [-length * 0.19, 0, h * 0.86], h * 0.17));
	if (bare) return parts.join('');
	parts.push(centreLine(view, [neck + shaft[1] * 0.6, 0, 0], [neck + shaft[1] * 1.7, 0, 0]));
	parts.push(dimension(view, [0, h * 0.98, -h], [-length, h * 0.98, -h], [0, h * 0.45, 0]));
	parts.push(dimension(view, [neck + shaft[1], 0, 0], [neck + shaft[1], 0, -h], [0, -h * 1.15, 0]));
	return parts.join('');
}

function cowlSlot(view: View, degrees: number, radius: number, x: number): string {
	const angle = (degrees * Math.PI) / 180;
	const [y, z] = [Math.cos(angle) * radius, Math.sin(angle) * radius];
	return stroke(
		face(view, 'z', [x, y, z]),
		[
			[-radius * 0.26, 0],
			[0, 0],
		],
		{ weight: weight.heavy },
	);
}

/** A feather key lying on a shaft. */
export function key(view: View, [x, y, z]: Vec, length: number, width: number): string {
	return box(view, [x, y - width / 2, z - width * 0.5], [length, width, width * 0.8], weight.fine);
}

function terminalBox(view: View, [x, y, z]: Vec, [width, depth, height]: Vec, glands: number): string {
	const lid = height * 0.34;
	const top = face(view, 'z', [x, y, z + height]);
	const parts = [
		box(view, [x + width * 0.04, y + depth * 0.04, z], [width * 0.92, depth * 0.92, height - lid]),
		box(view, [x, y, z + height - lid], [width, depth, lid]),
		plate(top, width * 0.12, depth * 0.12, width * 0.76, depth * 0.76, width * 0.06),
		...[
			[0.07, 0.07],
			[0.93, 0.07],
			[0.07, 0.93],
			[0.93, 0.93],
		].map(([u, w]) => screw(top, width * u!, depth * w!, width * 0.035)),
	];
	for (let i = 0; i < glands; i++) {
		const u = (width * (i + 0.75)) / (glands + 0.5);
		const centre: Vec = [x + u, y + depth * 0.96, z + (height - lid) * 0.42];
		const size = Math.min(width / (glands + 0.5) / 2.6, height * 0.24);
		parts.push(prism(view, 'y', [centre[0], centre[1] + size * 0.7, centre[2]], regular(6, size, 30), size * 0.7));
		parts.push(
			turned(
				view,
				'y',
				[centre[0], centre[1] + size * 0.7, centre[2]],
				[
					[size * 0.9, size * 0.82],
					[size * 0.5, size * 0.82, size * 0.5],
				],
			),
		);
	}
	return parts.join('');
}

function liftingEye(view: View, [x, y, z]: Vec, radius: number): string {
	const eye = face(view, 'x', [x, y, z + radius * 1.3]);
	return (
		turned(view, 'z', [x, y, z - radius * 0.2], [[radius * 0.5, radius * 0.7]]) +
		ring(eye, 0, 0, radius, { fill: '#ffffff', weight: weight.heavy }) +
		ring(eye, 0, 0, radius * 0.58)
	);
}
