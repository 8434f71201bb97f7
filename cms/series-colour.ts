/** The colours of a series: the field, its hairlines, quiet strokes, strong strokes. White text on the field has a contrast of at least 6. */
export interface Palette {
	readonly field: string;
	readonly grid: string;
	readonly quiet: string;
	readonly strong: string;
}

const PALETTES: Readonly<Record<string, Palette>> = {
	'drive-fundamentals': { field: '#0b5563', grid: '#1f6876', quiet: '#86b0b8', strong: '#ffffff' },
	'running-plants': { field: '#26333a', grid: '#3b4a52', quiet: '#94a7af', strong: '#ffffff' },
	measured: { field: '#44637a', grid: '#58768c', quiet: '#adc2d0', strong: '#ffffff' },
};

/** The palette of a series by its slug; an editors' own series takes one of these, always the same. */
export function seriesPalette(series: string): Palette {
	const all = Object.values(PALETTES);
	return PALETTES[series] ?? all[textHash(series) % all.length]!;
}

/** A number that is the same for the same text; for choosing among a few, not for security. */
export function textHash(text: string): number {
	return [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 1_000_003, 7);
}
