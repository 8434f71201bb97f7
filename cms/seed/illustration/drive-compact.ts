import { book, cover, frame, motorPlug } from './drive-book.ts';
import { display, face, light, plate, plug, port, ring, stroke } from './kit.ts';
import type { View } from './kit.ts';

/** HD3-005: one axis, 5 A. */
export function hd3005(view: View): string {
	const [w, d, h] = [45, 150, 178];
	const front = face(view, 'y', [0, 0, 0]);
	return [
		book(view, w, d, h, 6),
		cover(front, w, 42, 146),
		display(front, 9, 112, 27, 17, '05'),
		light(front, 13, 106, 2),
		ring(front, 22, 106, 2),
		ring(front, 31, 106, 2),
		port(front, 7, 85, 14),
		port(front, 24, 85, 14),
		plug(front, 6, 55, 3, 5.5, 22),
		plug(front, 25, 55, 3, 5, 22),
		motorPlug(view, [7, 0, 152], 3, 10),
		motorPlug(view, [5, 0, 12], 4, 8.6),
		frame(view, w, d, h),
	].join('');
}

/** HD3-012: one axis, 12 A, with its safety terminals framed. */
export function hd3012(view: View): string {
	const [w, d, h] = [60, 172, 220];
	const front = face(view, 'y', [0, 0, 0]);
	return [
		book(view, w, d, h, 8),
		cover(front, w, 52, 182),
		display(front, 10, 148, 40, 18, '012'),
		...[0, 1, 2, 3].map((i) => ring(front, 15 + i * 10, 140, 3)),
		light(front, 15, 133, 1.8),
		ring(front, 24, 133, 1.8),
		port(front, 8, 112, 15),
		port(front, 26, 112, 15),
		plate(front, 45, 113, 8, 12, 1),
		stroke(
			front,
			[
				[5, 105],
				[55, 105],
				[55, 80],
				[5, 80],
				[5, 105],
			],
			{ stroke: '#0b5563' },
		),
		plug(front, 8, 83, 8, 5.5, 19),
		plug(front, 8, 58, 4, 5.5, 18),
		plug(front, 33, 58, 4, 5.5, 18),
		motorPlug(view, [6, 0, 194], 5, 9.6),
		motorPlug(view, [6, 0, 16], 4, 12),
		frame(view, w, d, h),
	].join('');
}

/** HD3-2x08: two axes in one housing. */
export function hd32x08(view: View): string {
	const [w, d, h] = [84, 172, 220];
	const front = face(view, 'y', [0, 0, 0]);
	const axis = (left: number, label: string): string =>
		display(front, left + 7, 145, 26, 18, label) +
		light(front, left + 10, 139, 1.8) +
		ring(front, left + 18, 139, 1.8) +
		ring(front, left + 26, 139, 1.8) +
		port(front, left + 4, 115, 15) +
		plate(front, left + 23, 116, 12, 12, 1) +
		plug(front, left + 4, 88, 6, 5.4, 20) +
		plug(front, left + 4, 60, 6, 5.4, 20) +
		motorPlug(view, [left + 4, 0, 16], 4, 8.2);
	return [
		book(view, w, d, h, 11),
		cover(front, w, 52, 186),
		stroke(front, [
			[w / 2, 52],
			[w / 2, 186],
		]),
		axis(1, '01'),
		axis(w / 2 + 1, '02'),
		motorPlug(view, [12, 0, 195], 6, 10),
		frame(view, w, d, h),
	].join('');
}
