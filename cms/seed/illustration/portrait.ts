import { colour, disc, path, picture, polyline, weight } from './ink.ts';

/** What tells one bust from another. */
interface Bust {
	hair: string;
	/** Hair behind the head, drawn first. */
	back?: string;
	glasses?: boolean;
	beard?: boolean;
	collar: 'open' | 'shirt' | 'round';
}

const heavy = { weight: weight.heavy };
const filled = { weight: weight.heavy, fill: colour.ink };
const face = 'M300 300C300 190 340 150 400 150C460 150 500 190 500 300C500 400 456 470 400 470C344 470 300 400 300 300Z';

const busts: Record<string, Bust> = {
	'karin-oestlund': {
		back: 'M286 460C262 400 262 300 276 236C292 160 344 122 402 122C466 122 514 162 526 240C536 310 536 400 514 460C490 486 470 470 470 440L330 440C330 470 310 486 286 460Z',
		hair: 'M298 320C296 250 320 214 372 196C396 222 452 244 502 246C506 196 462 138 400 138C334 138 282 190 298 320Z',
		collar: 'open',
	},
	'zhou-mingyuan': {
		hair: 'M296 300C280 200 316 128 396 124C480 118 522 190 504 300C498 270 494 246 484 224C448 232 384 226 340 206C318 232 304 262 296 300Z',
		glasses: true,
		collar: 'shirt',
	},
	'tomas-brandt': {
		hair: 'M298 290C286 206 318 138 398 134C478 132 516 200 502 290C498 262 490 240 474 222C436 202 366 202 326 224C308 242 302 264 298 290Z',
		beard: true,
		collar: 'round',
	},
	'liu-jiaxin': {
		back: 'M440 118C470 84 524 96 528 140C530 172 500 190 474 182Z',
		hair: 'M297 320C282 210 320 130 402 130C484 130 518 210 503 320C500 270 484 226 440 202C420 236 344 262 310 262C302 280 298 300 297 320Z',
		collar: 'round',
	},
};

const collars: Record<Bust['collar'], string> = {
	open: path('M348 508L400 640L452 508', heavy) + path('M330 520L300 590L352 610L400 690L448 610L500 590L470 520') + path('M400 690V800'),
	shirt:
		path('M346 510L400 572L454 510', heavy) +
		path('M346 510L322 560L366 606L400 572L434 606L478 560L454 510') +
		path('M400 572V800') +
		[640, 710, 780].map((y) => disc([412, y], 5)).join(''),
	round: path('M338 516C352 566 448 566 462 516', heavy) + path('M326 524C344 588 456 588 474 524'),
};

/** An abstract bust of a speaker in line, 800 × 800; an unknown slug gets a neutral one. */
export function speakerPortrait(slug: string): string {
	const bust = busts[slug] ?? {
		hair: 'M298 296C286 200 326 134 400 134C474 134 514 200 502 296C484 240 452 214 400 214C348 214 316 240 298 296Z',
		collar: 'round' as const,
	};
	const accent = { stroke: colour.accent, weight: weight.fine };
	const body = [
		disc([400, 400], 340, { ...accent, fill: colour.paper }),
		polyline(
			[
				[400, 20],
				[400, 780],
			],
			{ ...accent, dash: '34 10 5 10' },
		),
		polyline(
			[
				[20, 310],
				[780, 310],
			],
			{ ...accent, dash: '34 10 5 10' },
		),
		disc([400, 310], 160, { ...accent, dash: '12 9' }),
		bust.back === undefined ? '' : path(bust.back, filled),
		path('M110 800C118 670 176 606 270 574C318 558 346 540 350 500L352 440L448 440L450 500C454 540 482 558 530 574C624 606 682 670 690 800Z', {
			...heavy,
			fill: colour.paper,
		}),
		path('M352 460C366 492 434 492 448 460'),
		collars[bust.collar],
		path('M214 800C214 742 220 702 230 676M586 800C586 742 580 702 570 676'),
		path('M300 300C284 290 276 304 282 328C288 350 298 356 306 350M500 300C516 290 524 304 518 328C512 350 502 356 494 350', {
			...heavy,
			fill: colour.paper,
		}),
		path(face, { ...heavy, fill: colour.paper }),
		bust.beard === true
			? path(
					'M302 330C306 420 350 470 400 470C450 470 494 420 498 330C488 366 470 380 446 378C424 370 376 370 354 378C330 380 312 366 302 330Z',
					filled,
				)
			: '',
		path(bust.hair, filled),
		bust.glasses === true
			? path(
					'M316 296H386V318C386 346 372 352 351 352C330 352 316 346 316 318ZM414 296H484V318C484 346 470 352 449 352C428 352 414 346 414 318ZM386 306C394 300 406 300 414 306M316 304L300 298M484 304L500 298',
					heavy,
				)
			: '',
		path('M400 318L390 366C394 372 404 373 410 370'),
		path(bust.beard === true ? '' : 'M376 412C390 420 410 420 424 412'),
	].join('');
	return picture(800, 800, body, colour.shade);
}
