import { type Palette, seriesPalette, textHash } from '../../series-colour.ts';
import { path, picture, polyline } from './ink.ts';
import { driveMotifs } from './motif-drive.ts';
import { plantMotifs } from './motif-plant.ts';
import { pen } from './pen.ts';

/** What a cover shows. The title is set on top of it elsewhere; here it only chooses a motif when the slug has none. */
export interface Cover {
	slug?: string;
	/** Number within the series, such as `WP-03`; it is drawn as marks on the edge. */
	number?: string;
	series: string;
	title?: string;
	/** Portrait (1200 × 1600) for papers, wide (1600 × 900) for articles and webinars. */
	format?: 'portrait' | 'wide';
}

const motifs = { ...driveMotifs, ...plantMotifs };

/** The cover of a paper, an article or a webinar, without any text: the title goes on the empty part of the field. */
export function coverArtwork({ slug = '', number = '', series, title = '', format = 'portrait' }: Cover): string {
	const colours = seriesPalette(series);
	const [width, height] = format === 'portrait' ? [1200, 1600] : [1600, 900];
	const [left, bottom, unit] = format === 'portrait' ? [100, 1480, 8.2] : [800, 780, 5.6];
	const known = Object.keys(motifs);
	const motif = motifs[slug] ?? motifs[known[textHash(slug + title + series) % known.length]!]!;
	return picture(
		width,
		height,
		grid(width, height, colours) + edgeMarks(width, height, number, colours) + motif(pen(left, bottom, unit, colours)),
		colours.field,
	);
}

function grid(width: number, height: number, { grid: stroke }: Palette): string {
	const lines: string[] = [];
	for (let x = 100; x < width; x += 100) lines.push(`M${x} 0V${height}`);
	for (let y = 100; y < height; y += 100) lines.push(`M0 ${y}H${width}`);
	return path(lines.join(''), { stroke, weight: 1.25 });
}

function edgeMarks(width: number, height: number, number: string, { quiet, strong }: Palette): string {
	const value = Number(/\d+/.exec(number)?.[0] ?? 0);
	return Array.from({ length: 12 }, (_, i) => {
		const y = height - 100 - i * 24;
		const on = i < value;
		return polyline(
			[
				[width - (on ? 48 : 30), y],
				[width, y],
			],
			{ stroke: on ? strong : quiet, weight: on ? 6 : 2.5 },
		);
	}).join('');
}
