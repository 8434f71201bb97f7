import { expect, test } from 'vitest';

import { partsOf, valueText } from './value.ts';

test.each([
	['2.0', 'kW', '2.0 kW'],
	['3 × 400 (drive supply)', 'V', '3 × 400 V (drive supply)'],
	['9.5（选件）', 'N·m', '9.5 N·m （选件）'],
	['380–480 ±10 %', 'V', '380–480 V ±10 %'],
	['97 (1 stage), 94 (2 stages)', '%', '97 % (1 stage), 94 % (2 stages)'],
	['± 0.8', 'mm', '± 0.8 mm'],
	['8 / 16', 'kHz', '8 / 16 kHz'],
	['3 · 4 · 5', '', '3 · 4 · 5'],
	['None; regenerates', 'W', 'None; regenerates'],
	['–', 'Ω', '–'],
	['SIL 3 (SLS: SIL 2)', '', 'SIL 3 (SLS: SIL 2)'],
	['⌀ 36 × 62', 'mm', '⌀ 36 × 62 mm'],
])('%s in %j reads %s', (value, unit, text) => {
	expect(valueText(value, unit)).toBe(text);
});

test('a remark stands behind the unit, and belongs to neither', () => {
	expect(partsOf('3 × 400 (drive supply)', 'V')).toEqual([{ value: '3 × 400', unit: 'V', remark: '(drive supply)' }]);
});
