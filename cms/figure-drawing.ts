import type { Locale } from './content.ts';
import { axisLabel, type Figure, numberFormat } from './figure-model.ts';
import { niceScale, type Scale } from './figure-scale.ts';

export type Point = readonly [x: number, y: number];

/** What a figure is drawn of. `series` counts from 1. Text stands on its base line at `y`. */
export type Shape =
	| { readonly kind: 'line'; readonly role: 'grid' | 'axis' | 'tick'; readonly from: Point; readonly to: Point }
	| { readonly kind: 'curve'; readonly series: number; readonly points: readonly Point[] }
	| { readonly kind: 'point'; readonly series: number; readonly at: Point }
	| { readonly kind: 'bar'; readonly series: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
	| {
			readonly kind: 'text';
			readonly role: 'tick' | 'label' | 'legend' | 'value';
			readonly x: number;
			readonly y: number;
			readonly anchor: 'start' | 'middle' | 'end';
			readonly text: string;
	  };

export interface Drawing {
	readonly width: number;
	readonly height: number;
	readonly shapes: readonly Shape[];
}

export interface DrawingOptions {
	/** In the unit of the page: pixels or points. The height follows. */
	readonly width: number;
	readonly fontSize: number;
	/** Width of a text at `fontSize`; an estimate by default. */
	readonly measure?: (text: string) => number;
}

interface Frame {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** Lays a figure out: names and legend above, the plot, labels below. Pure; for SVG and PDF alike. */
export function drawFigure(figure: Figure, locale: Locale, { width, fontSize, measure = estimate(fontSize) }: DrawingOptions): Drawing {
	const line = fontSize * 1.5;
	const format = numberFormat(locale);
	const legend = layLegend(figure, width, line, measure);
	const top = legend.height + line * 1.9;
	const values = figure.series.flatMap(({ points }) => points.map(([, y]) => y));
	const plotHeight = Math.round(width * 0.36);
	const y = niceScale(values, [top + plotHeight, top], 5, figure.kind === 'bar' ? 1 : 0.5);
	const left = Math.max(...y.ticks.map((tick) => measure(format(tick)))) + fontSize * 0.7;
	const frame: Frame = { left: round(left), right: width - fontSize * 1.2, top, bottom: top + plotHeight };

	const body = figure.kind === 'line' ? drawCurves(figure, frame, y, line, format) : drawBars(figure, frame, y, line, format, measure);
	const bottom = frame.bottom + body.below;
	const shapes: Shape[] = [
		...legend.shapes,
		text('label', 0, legend.height + line * 0.8, 'start', axisLabel(figure.y, locale)),
		...y.ticks.flatMap((tick): Shape[] => [
			{ kind: 'line', role: 'grid', from: [frame.left, round(y.at(tick))], to: [frame.right, round(y.at(tick))] },
			text('tick', frame.left - fontSize * 0.5, y.at(tick) + fontSize * 0.35, 'end', format(tick)),
		]),
		...body.shapes,
		{
			kind: 'line',
			role: 'axis',
			from: [frame.left, round(y.at(Math.max(0, y.ticks[0] ?? 0)))],
			to: [frame.right, round(y.at(Math.max(0, y.ticks[0] ?? 0)))],
		},
		text('label', frame.right, bottom + line * 0.9, 'end', axisLabel(figure.x, locale)),
	];
	return { width, height: Math.ceil(bottom + line * 1.3), shapes };
}

interface Body {
	readonly shapes: readonly Shape[];
	/** Room taken below the plot. */
	readonly below: number;
}

function drawCurves(figure: Extract<Figure, { kind: 'line' }>, frame: Frame, y: Scale, line: number, format: (value: number) => string): Body {
	const x = niceScale(
		figure.series.flatMap(({ points }) => points.map(([at]) => at)),
		[frame.left, frame.right],
		8,
		0.2,
	);
	const ticks = x.ticks.flatMap((tick): Shape[] => [
		{ kind: 'line', role: 'tick', from: [round(x.at(tick)), frame.bottom], to: [round(x.at(tick)), frame.bottom + line * 0.2] },
		text('tick', x.at(tick), frame.bottom + line * 0.95, 'middle', format(tick)),
	]);
	const curves = figure.series.flatMap(({ points }, at): Shape[] => {
		const placed = points.map(([px, py]): Point => [round(x.at(px)), round(y.at(py))]);
		const marks = placed.length <= 12 ? placed.map((point): Shape => ({ kind: 'point', series: at + 1, at: point })) : [];
		return [{ kind: 'curve', series: at + 1, points: placed }, ...marks];
	});
	return { shapes: [...ticks, ...curves], below: line * 1.05 };
}

function drawBars(
	figure: Extract<Figure, { kind: 'bar' }>,
	frame: Frame,
	y: Scale,
	line: number,
	format: (value: number) => string,
	measure: (text: string) => number,
): Body {
	const names = [...new Set(figure.series.flatMap(({ points }) => points.map(([name]) => name)))];
	const slot = (frame.right - frame.left) / names.length;
	const count = figure.series.length;
	const barWidth = Math.min((slot * 0.72) / count, line * 2.4);
	const zero = y.at(Math.max(0, y.ticks[0] ?? 0));
	const bars = figure.series.flatMap(({ points }, series) =>
		points.flatMap(([name, value]): Shape[] => {
			const middle = frame.left + slot * (names.indexOf(name) + 0.5);
			const left = middle - (barWidth * count) / 2 + barWidth * series;
			const end = y.at(value);
			const bar: Shape = {
				kind: 'bar',
				series: series + 1,
				x: round(left + barWidth * 0.06),
				y: round(Math.min(end, zero)),
				width: round(barWidth * 0.88),
				height: round(Math.abs(zero - end)),
			};
			const label = format(value);
			return measure(label) <= barWidth * 1.15
				? [bar, text('value', left + barWidth / 2, Math.min(end, zero) - line * 0.25, 'middle', label)]
				: [bar];
		}),
	);
	const wrapped = names.map((name) => wrap(name, slot * 0.94, measure));
	const labels = wrapped.flatMap((lines, at) =>
		lines.map((part, row) => text('tick', frame.left + slot * (at + 0.5), frame.bottom + line * (0.95 + row * 0.8), 'middle', part)),
	);
	return { shapes: [...bars, ...labels], below: line * (0.25 + 0.8 * Math.max(...wrapped.map((lines) => lines.length))) };
}

/** Swatch and name of each series, in as many lines as they need. */
function layLegend(
	figure: Figure,
	width: number,
	line: number,
	measure: (text: string) => number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
	const swatch = line * 1.2;
	const shapes: Shape[] = [];
	let x = 0;
	let row = 0;
	for (const [at, { name }] of figure.series.entries()) {
		const needed = swatch + line * 0.4 + measure(name);
		if (x > 0 && x + needed > width) {
			x = 0;
			row++;
		}
		const y = round(line * (row + 0.75));
		if (figure.kind === 'bar')
			shapes.push({ kind: 'bar', series: at + 1, x: round(x), y: round(y - line * 0.5), width: round(line * 0.6), height: round(line * 0.55) });
		else
			shapes.push({
				kind: 'curve',
				series: at + 1,
				points: [
					[round(x), round(y - line * 0.22)],
					[round(x + swatch), round(y - line * 0.22)],
				],
			});
		const textX = x + (figure.kind === 'bar' ? line * 0.9 : swatch + line * 0.35);
		shapes.push(text('legend', textX, y, 'start', name));
		x += needed + line * 0.9;
	}
	return { shapes, height: line * (row + 1) };
}

/** Breaks a text into lines of at most `width`, at spaces or between Han characters. */
function wrap(full: string, width: number, measure: (text: string) => number): string[] {
	const pieces = full.match(/[\p{Script=Han}，、；：（）]|[^\s\p{Script=Han}，、；：（）]+|\s+/gu) ?? [full];
	const lines: string[] = [];
	let current = '';
	for (const piece of pieces) {
		if (current.trim() !== '' && measure((current + piece).trimEnd()) > width) {
			lines.push(current.trim());
			current = piece.trimStart();
		} else current += piece;
	}
	return current.trim() === '' ? lines : [...lines, current.trim()];
}

function text(role: Extract<Shape, { kind: 'text' }>['role'], x: number, y: number, anchor: 'start' | 'middle' | 'end', content: string): Shape {
	return { kind: 'text', role, x: round(x), y: round(y), anchor, text: content };
}

function estimate(fontSize: number): (text: string) => number {
	return (content) =>
		[...content].reduce((sum, character) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(character) ? 1 : 0.56), 0) * fontSize;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
