import type { Locale } from '#cms/content.ts';

import { unitAfter } from '../format.ts';

const FORMATS = {
	en: new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6, useGrouping: 'min2' }),
	'zh-CN': new Intl.NumberFormat('zh-CN', { maximumSignificantDigits: 6, useGrouping: 'min2' }),
} as const satisfies Record<Locale, Intl.NumberFormat>;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1450 min⁻¹`, `16,000 h`, `1.2 × 10⁻⁹ 1/h`: a number as specifications write it. */
export function formatFigure(number: number, unit: string, locale: Locale): string {
	return formatNumber(number, locale) + unitAfter(unit);
}

function formatNumber(number: number, locale: Locale): string {
	if (number === 0 || (Math.abs(number) >= 1e-4 && Math.abs(number) < 1e9)) return FORMATS[locale].format(number).replace('-', '−');
	const [digits = '', power = '0'] = number.toExponential().split('e');
	const raised = [...power.replace('+', '')].map((sign) => (sign === '-' ? '⁻' : SUPERSCRIPTS[Number(sign)])).join('');
	return `${digits} × 10${raised}`;
}
