import { book, cover, frame } from './drive-book.ts';
import { box, display, face, light, plate, plug, port, ring, screw, socket, stroke, terminals, turned } from './kit.ts';
import type { View } from './kit.ts';

/** HD5-040: 40 A on DC bus rails. */
export function hd5040(view: View): string {
	const [w, d, h] = [150, 230, 350];
	const front = face(view, 'y', [0, 0, 0]);
	const rails = [0, 1].map(
		(i) =>
			box(view, [-34, 1, 296 + i * 22], [w + 68, 8, 12]) +
			[-24, 24, 75, 126, 174].map((x) => screw(face(view, 'y', [x, 9, 302 + i * 22]), 0, 0, 4)).join(''),
	);
	const fan = (x: number): string => {
		const top = face(view, 'z', [x, -64, h]);
		return (
			plate(top, -28, -28, 56, 56, 5) +
			[25, 18, 11].map((r) => ring(top, 0, 0, r)).join('') +
			[0, 1, 2, 3].map((i) => screw(top, i % 2 ? 24 : -24, i < 2 ? 24 : -24, 3)).join('') +
			stroke(top, [
				[-25, 0],
				[25, 0],
			]) +
			stroke(top, [
				[0, -25],
				[0, 25],
			])
		);
	};
	return [
		book(view, w, d, h, 15),
		fan(42),
		fan(108),
		cover(front, w, 92, 280),
		plate(front, 14, 196, 122, 74, 4),
		display(front, 24, 232, 66, 28, '400'),
		...[0, 1, 2, 3].map((i) => ring(front, 102 + (i % 2) * 18, 254 - Math.floor(i / 2) * 18, 6)),
		light(front, 28, 216, 3),
		ring(front, 40, 216, 3),
		ring(front, 52, 216, 3),
		port(front, 14, 158, 22),
		port(front, 42, 158, 22),
		socket(front, 86, 169, 12, 8),
		socket(front, 118, 169, 12, 8),
		plug(front, 14, 104, 9, 6, 36),
		plug(front, 76, 104, 10, 6, 36),
		box(view, [12, 0, 22], [126, 18, 44]),
		terminals(face(view, 'y', [12, 18, 22]), 0, 0, 6, 21, 44),
		...rails,
		frame(view, w, d, h),
		turned(
			view,
			'z',
			[75, -200, h],
			[
				[6, 7],
				[4, 4],
			],
		),
	].join('');
}
