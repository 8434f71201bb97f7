import { cabinetUnit, keypad } from './converter-housing.ts';
import { box, face, hatch, plate, plug, port, prism, rectangle, screw, stroke, terminals, weight } from './kit.ts';
import type { View } from './kit.ts';

/** HF3-0550: a 5.5 kW converter for the cabinet. */
export function hf30550(view: View): string {
	const [w, d, h] = [130, 165, 255];
	const front = face(view, 'y', [0, 0, 0]);
	return [
		cabinetUnit(view, w, d, h, 1),
		keypad(front, 22, 140, 86, 100, '500'),
		stroke(
			front,
			[
				[3, 124],
				[w - 3, 124],
			],
			{ weight: weight.heavy },
		),
		stroke(
			front,
			[
				[3, 40],
				[w - 3, 40],
			],
			{ weight: weight.heavy },
		),
		port(front, 14, 96, 18),
		plug(front, 42, 92, 12, 6, 24),
		plug(front, 14, 54, 8, 6, 24),
		plate(front, 70, 54, 44, 24, 3),
		hatch(front, 76, 58, 30, 16, 3),
		box(view, [8, 0, 6], [114, 14, 28]),
		terminals(face(view, 'y', [8, 14, 6]), 0, 0, 7, 114 / 7, 28),
	].join('');
}

/** HF3-2200: a 22 kW converter for the cabinet. */
export function hf32200(view: View): string {
	const [w, d, h] = [205, 215, 430];
	const front = face(view, 'y', [0, 0, 0]);
	return [
		cabinetUnit(view, w, d, h, 2),
		keypad(front, 40, 258, 125, 142, '2200'),
		stroke(
			front,
			[
				[3, 236],
				[w - 3, 236],
			],
			{ weight: weight.heavy },
		),
		prism(view, 'y', [14, 9, 92], rectangle(w - 28, 128, 8), 9),
		...[26, w - 26].flatMap((u) => [104, 208].map((z) => screw(face(view, 'y', [u, 9, z]), 0, 0, 4))),
		plate(face(view, 'y', [0, 9, 0]), 58, 128, 90, 58, 4),
		hatch(face(view, 'y', [0, 9, 0]), 66, 136, 66, 42, 5),
		stroke(
			front,
			[
				[3, 78],
				[w - 3, 78],
			],
			{ weight: weight.heavy },
		),
		box(view, [10, 0, 20], [w - 20, 20, 46]),
		terminals(face(view, 'y', [10, 20, 20]), 0, 0, 8, (w - 20) / 8, 46),
	].join('');
}
