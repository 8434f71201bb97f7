import { isAbsent } from './quantity.ts';

/** A part of a value as it is set: number, unit, then what is remarked about it. */
export interface ValuePart {
	readonly value: string;
	readonly unit: string;
	/** As `(drive supply)` or `±10 %`, or ''. */
	readonly remark: string;
}

const REMARK = /^(?<value>.*?\d)\s*(?<remark>(?:±.*|\([^)]*\)|（[^）]*）))$/u;

/** `3 × 400 (drive supply)` in V as number, unit and remark; a list with remarks in its parts. What is absent has no unit. */
export function partsOf(value: string, unit: string): readonly ValuePart[] {
	if (unit === '' || isAbsent(value)) return [{ value, unit: '', remark: '' }];
	const parts = value.split(/(?<=[)）])[,，]\s*/u).map((part) => REMARK.exec(part.trim())?.groups);
	if (parts.some((part) => part === undefined)) return [{ value, unit, remark: '' }];
	return parts.map((part) => ({ value: part!['value']!, unit, remark: part!['remark']! }));
}

/** The value in one line of text, with its unit. */
export function valueText(value: string, unit: string): string {
	return partsOf(value, unit)
		.map((part) => [part.value, part.unit, part.remark].filter((text) => text !== '').join(' '))
		.join(', ');
}
