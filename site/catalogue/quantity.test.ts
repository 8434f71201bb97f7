import { expect, test } from 'vitest';

import { sampleContent } from '#tests/support/sample-content.ts';

import { isAbsent, parseQuantity } from './quantity.ts';

test.each([
	['0.75', 'kW', '0.75'],
	['24,000', '', '24000'],
	['4 096', '', '4096'],
	['1,5', 'kW', '1.5'],
	['0.37–0.75', 'kW', '0.37..0.75'],
	['-20–40', '°C', '-20..40'],
	['−40 … +105', '°C', '-40..105'],
	['−20 to 40', '°C', '-20..40'],
	['0 至 45', '°C', '0..45'],
	['8.1–158', '', '8.1..158'],
	['40–20', 'A', '20..40'],
	['3 × 400', 'V', '400'],
	['3 × 400 (drive supply)', 'V', '400'],
	['3 × 400（驱动器供电）', 'V', '400'],
	['3 × 380–480', 'V', '380..480'],
	['380–480 ±10 %', 'V', '380..480'],
	['2 × 8', 'A', '8'],
	['≤ 62', 'dB(A)', '62'],
	['< 5', '%', '5'],
	['± 0.8', 'mm', '0.8'],
	['up to 30', 'm', '30'],
	['8 / 16', 'kHz', '8 16'],
	['3 · 4 · 5 · 7 · 10', '', '3 4 5 7 10'],
	['97 (1 stage), 94 (2 stages)', '%', '97 94'],
	['97（单级），94（双级）', '%', '97 94'],
	['≤ 4 (1 stage), ≤ 6 (2 stages)', 'arcmin', '4 6'],
	['1.2 × 10⁻⁹', '1/h', '1.2e-9'],
	['9.5 (option)', 'N·m', '9.5'],
	['3 (X, Y, Z)', '', '3'],
	['910 years', '', '910 years'],
	['910 年', '', '910 年'],
	['1,500 per server', '', '1500 per server'],
	['90%', '', '90 %'],
])('%s in %j is %s', (value, unit, said) => {
	const quantity = parseQuantity(value, unit);
	const spans = quantity?.spans.map(([low, high]) => (low === high ? String(low) : `${low}..${high}`));
	expect([...(spans ?? []), quantity?.rest].filter(Boolean).join(' ')).toBe(said);
});

test.each([
	['IP65', ''],
	['IE4', ''],
	['14 × 30', 'mm'],
	['480 × 1180 × 410', 'mm'],
	['⌀ 36 × 62', 'mm'],
	['Case 450 × 350 × 150', 'mm'],
	['6 / 2', ''],
	['6203-2Z', ''],
	['EtherCAT, PROFINET', ''],
	['2 × Ethernet 1 Gbit/s', ''],
	['2 × 24 V DC', ''],
	['SIL 3 / PL e', ''],
	['M12, 8 pins', ''],
	['Multi-turn, 20 bit + 12 bit', ''],
	['IEEE 802.15.4, 2.4 GHz', ''],
	['ISO 20816-3', ''],
	['None; regenerates', 'W'],
	['–', 'Ω'],
	['', 'kW'],
	['1e999', 'kW'],
])('%s in %j is no quantity', (value, unit) => {
	expect(parseQuantity(value, unit)).toBeNull();
});

test.each(['–', '-', '', 'None; regenerates', 'not needed', 'n/a', '无', '无，回馈电网'])('%j says that there is none', (value) => {
	expect(isAbsent(value)).toBe(true);
});

test('every value of the sample content that has a unit is a quantity, says that there is none, or names sides', () => {
	const rows = sampleContent().products.flatMap((product) => product.specifications);
	const unread = rows.filter(({ value, unit }) =>
		[value.en, value['zh-CN']].some((text) => unit !== '' && !parseQuantity(text, unit) && !isAbsent(text) && !/\d ?× ?\d/.test(text)),
	);
	expect(rows.length).toBeGreaterThan(600);
	expect(unread.map(({ name, value }) => `${name.en}: ${value.en}`)).toEqual([]);
});

test('both languages of the sample content give the same numbers', () => {
	const rows = sampleContent().products.flatMap((product) => product.specifications.filter(({ unit }) => unit !== ''));
	for (const { value, unit } of rows) expect(parseQuantity(value['zh-CN'], unit)?.spans).toEqual(parseQuantity(value.en, unit)?.spans);
});
