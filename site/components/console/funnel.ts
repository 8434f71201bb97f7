import type { Locale } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';
import { fill, type textsFor } from '#kernel/texts/index.ts';
import type { FunnelQuery } from '#gating';

type Texts = ReturnType<typeof textsFor>;

/** Periods that one press chooses. */
export const PRESETS = ['30', '90', '365', 'quarter', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

/** The period of a preset that ends on `today`, in local days. */
export function presetPeriod(preset: Preset, today: string): { readonly from: string; readonly to: string } {
	const [year = '', month = ''] = today.split('-');
	switch (preset) {
		case 'year':
			return { from: `${year}-01-01`, to: today };
		case 'quarter':
			return { from: `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`, to: today };
		default:
			return { from: new Date(Date.parse(`${today}T00:00:00Z`) - (Number(preset) - 1) * DAY_MS).toISOString().slice(0, 10), to: today };
	}
}

const FIELDS = ['from', 'to', 'day', 'channel', 'campaign', 'tactic', 'content', 'segment'] as const satisfies readonly (keyof FunnelQuery)[];

/** Reads a funnel's address; what it does not say is as usual. `group` is a campaign or tactic chosen in one field, as `campaign:<id>`. */
export function readFunnelQuery(params: URLSearchParams, usual: FunnelQuery): FunnelQuery {
	const given = Object.fromEntries(FIELDS.flatMap((name) => (params.get(name) ? [[name, (params.get(name) ?? '').slice(0, 200)]] : [])));
	const [kind, ...id] = (params.get('group') ?? '').split(':');
	const group = kind === 'campaign' || kind === 'tactic' ? { [kind]: id.join(':').slice(0, 200) } : {};
	const entry = ENTRIES.find((stage) => stage === params.get('entry')) ?? usual.entry;
	return { ...usual, ...given, ...group, entry };
}

const ENTRIES = ['raw', 'suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer'] as const;

/** The funnel's address with some of its choices changed. */
export function funnelAddress(query: FunnelQuery, usual: FunnelQuery, change: Partial<FunnelQuery> = {}): string {
	const { campaign, tactic, ...rest } = { ...query, ...change };
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(rest)) if (value !== usual[name as keyof FunnelQuery]) params.set(name, value);
	if (tactic !== '') params.set('group', `tactic:${tactic}`);
	else if (campaign !== '') params.set('group', `campaign:${campaign}`);
	const text = params.toString();
	return `/console/funnel${text && `?${text}`}`;
}

/** `3.5 days`, `7 h`, `12 min`: as much as a decision needs. */
export function durationText(milliseconds: number, { funnel: text }: Texts, locale: Locale): string {
	const number = (value: number, digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
	const minutes = milliseconds / 60_000;
	if (minutes < 90) return fill(text.minutes, { n: number(minutes, 0) });
	if (minutes < 48 * 60) return fill(text.hours, { n: number(minutes / 60, 0) });
	const days = milliseconds / DAY_MS;
	return fill(text.days, { n: number(days, days < 10 ? 1 : 0) });
}

/** A share in percent, with a decimal where it is small; null without a whole. */
export function shareText(part: number, whole: number, locale: Locale): string | null {
	if (whole === 0) return null;
	const share = part / whole;
	return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share);
}
