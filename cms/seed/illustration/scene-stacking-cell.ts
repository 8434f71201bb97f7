import { box, centred, prism, turned, weight } from './kit.ts';
import { floor, linearAxis, post } from './scene-parts.ts';
import { servoMotor } from './servo-motor.ts';
import type { View } from './kit.ts';

/** A stacking cell: electrode sheets laid on a pile by a servo gantry. */
export function stackingCell(view: View): string {
	const pile = (x: number, y: number, sheets: number): string =>
		box(view, [x - 30, y - 30, -300], [400, 320, 60]) +
		Array.from(
			{ length: sheets },
			(_, i) =>
				box(view, [x, y, -240 + i * 30], [340, 260, 24], weight.fine * 1.4) + box(view, [x + 120, y + 260, -240 + i * 30], [80, 40, 10], weight.fine),
		).join('');
	return [
		floor(view, [-600, -450, -600], 2400, 1500, 150),
		box(view, [-200, -120, -600], [1560, 900, 60]),
		...[-180, 1280].flatMap((x) => [-100, 700].map((y) => box(view, [x, y, -540], [60, 60, 180]))),
		box(view, [-200, -120, -360], [1560, 900, 60]),
		...[
			[-180, -80],
			[1340, -80],
		].map(([x, y]) => post(view, [x!, y!, -300], 80, 640)),
		pile(-60, 60, 11),
		pile(440, 60, 5),
		pile(860, 60, 10),
		linearAxis(view, [-260, -140, 340], 1680, 130, 760),
		servoMotor(view.moved([-260, -75, 405]), 110, 220, { grooves: true, single: true, bare: true }),
		box(view, [780, -150, 450], [200, 640, 100]),
		...[0, 1].map((i) => box(view, [810 + i * 110, -150, 550], [20, 640, 14])),
		box(view, [770, 100, 566], [220, 220, 30]),
		box(view, [980, 150, 240], [80, 120, 520]),
		prism(view, 'z', [1020, 210, 900], centred(110, 110, 10), 140),
		prism(view, 'z', [1020, 210, 980], centred(96, 96, 14), 80),
		turned(view, 'z', [1020, 210, 180], [[60, 40]]),
		box(view, [850, 80, 150], [340, 260, 30]),
		...[
			[900, 120],
			[1140, 120],
			[900, 300],
			[1140, 300],
		].map(([x, y]) =>
			turned(
				view,
				'z',
				[x!, y!, 112],
				[
					[20, 18, 10],
					[18, 10],
				],
			),
		),
		box(view, [850, 80, 96], [340, 260, 12], weight.fine * 1.4),
	].join('');
}
