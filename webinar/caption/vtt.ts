import { SECOND_MS } from '#kernel/clock.ts';

/** A typed line, when it was sent, in seconds of the recording. */
export interface TypedLine {
	readonly second: number;
	readonly text: string;
}

/** A line stays for as long as it takes to read, and no longer than until the next. */
const SECONDS_PER_CHARACTER = 0.07;
const SHORTEST_SECONDS = 2;
const LONGEST_SECONDS = 7;
/** A stenographer hears first and types then. */
const DELAY_SECONDS = 2;

/**
 * WebVTT of lines in order of time. Text is escaped, so that nothing in it is markup.
 * Source: https://www.w3.org/TR/webvtt1/
 */
export function vttOf(lines: readonly TypedLine[]): string {
	const cues = lines.map(({ second, text }, index) => {
		const from = Math.max(0, second - DELAY_SECONDS);
		const next = lines[index + 1];
		const wanted = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, text.length * SECONDS_PER_CHARACTER));
		const to = Math.min(from + wanted, next ? Math.max(from + 0.5, next.second - DELAY_SECONDS) : Infinity);
		return `${timeOf(from)} --> ${timeOf(to)}\n${escaped(text)}`;
	});
	return ['WEBVTT', ...cues].join('\n\n') + '\n';
}

function timeOf(seconds: number): string {
	const milliseconds = Math.round(seconds * SECOND_MS);
	const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
	const whole = Math.floor(milliseconds / SECOND_MS);
	return `${pad(Math.floor(whole / 3_600), 2)}:${pad(Math.floor(whole / 60) % 60, 2)}:${pad(whole % 60, 2)}.${pad(milliseconds % SECOND_MS, 3)}`;
}

const escaped = (text: string): string =>
	text
		.replaceAll(/\s*\n\s*/g, ' ')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.trim();
