import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { Attribution } from '../attribution/create-attribution.ts';
import type { Acceptance } from '../acceptance/create-acceptance.ts';
import type { Channels } from '../channel/create-channels.ts';
import { type Cell, csvLine } from '../export/cell.ts';
import type { Funnel } from '../funnel/create-funnel.ts';
import type { ContentReports, Days } from './create-content.ts';

/** A report as a table of words and numbers: for files and mails. */
export interface ReportTable {
	readonly title: string;
	readonly heads: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
}

/** A report of another folder. */
export interface OtherReport {
	readonly code: 'webinars';
	table(days: Days, locale: Locale): Promise<ReportTable>;
}

/** Reports that can be taken away and sent. */
export const REPORTS = ['funnel', 'attribution', 'content', 'webinars', 'channels', 'precision'] as const;
export type ReportCode = (typeof REPORTS)[number];

export interface TableDeps {
	readonly content: () => Snapshot;
	readonly funnel: Funnel;
	readonly channels: Pick<Channels, 'report' | 'tree'>;
	readonly acceptance: Pick<Acceptance, 'precision'>;
	readonly attribution: Attribution;
	readonly contents: ContentReports;
	/** Read at each call. */
	readonly others: readonly OtherReport[];
}

/** A report of a period in the words of a language. @throws DomainError invalid for days that are none */
export async function tableOf(deps: TableDeps, code: ReportCode, days: Days, locale: Locale): Promise<ReportTable> {
	const { reports: text } = textsFor(locale);
	const title = text.names[code];
	switch (code) {
		case 'funnel':
			return { title, ...(await funnelRows(deps, days, locale)) };
		case 'attribution':
			return { title, ...(await attributionRows(deps, days, locale)) };
		case 'content':
			return { title, ...(await contentRows(deps, days, locale)) };
		case 'channels':
			return { title, ...(await channelRows(deps, days, locale)) };
		case 'precision':
			return { title, ...(await precisionRows(deps, locale)) };
		case 'webinars':
			return (await deps.others.find((one) => one.code === code)?.table(days, locale)) ?? { title, heads: [], rows: [] };
	}
}

/** A table as a CSV file that spreadsheets take for UTF-8. */
export const csvOfTable = ({ heads, rows }: ReportTable): string => `\u{FEFF}${csvLine(heads)}${rows.map(csvLine).join('')}`;

type Rows = Pick<ReportTable, 'heads' | 'rows'>;

const money = (cents: number): number => Math.round(cents) / 100;
const percent = (share: number): number => Math.round(share * 1_000) / 10;

async function funnelRows({ funnel }: TableDeps, { from, to }: Days, locale: Locale): Promise<Rows> {
	const { funnel: text, console: words } = textsFor(locale);
	const { counts } = await funnel.read({ ...funnel.usual(), from, to, day: to });
	const heads = [text.stage, text.cohort.reached, text.cohort.new, text.cohort.revived, `${text.snapshot.title} ${to}`];
	const rows = funnel.stages.map((stage) => [
		words.stage[stage],
		...['all', 'new', 'revived'].map((kind) => counts[`came.${stage}.${kind}`] ?? 0),
		counts[`at.${stage}`] ?? 0,
	]);
	return { heads, rows };
}

async function attributionRows({ attribution, channels }: TableDeps, days: Days, locale: Locale): Promise<Rows> {
	const { attribution: text, channel } = textsFor(locale);
	const { rows } = await attribution.read({ ...attribution.usual(), ...days });
	const tree = await channels.tree();
	const nameOf = (key: string) => (key === '' ? text.unknown : (tree.find(({ code }) => code === key)?.name[locale] ?? key));
	const currencies = [...new Set(rows.flatMap(({ costs, values }) => [...(costs ?? []).map(({ currency }) => currency), ...Object.keys(values)]))];
	const heads = [
		...[text.groupings.channel, text.costs.clicks, ...attribution.milestones.map((one) => `${text.milestones[one]} (${text.credits.credit})`)],
		...currencies.flatMap((currency) => [`${channel.report.cost} ${currency}`, `${text.costs.revenue} ${currency}`]),
	];
	const lines = rows.map(({ key, clicks, credits, costs, values }) => [
		...[nameOf(key), clicks, ...attribution.milestones.map((one) => credits[one] / attribution.whole)],
		...currencies.flatMap((currency) => [money(costs?.find((one) => one.currency === currency)?.amountCents ?? 0), money(values[currency] ?? 0)]),
	]);
	return { heads, rows: lines };
}

async function contentRows({ contents, content }: TableDeps, days: Days, locale: Locale): Promise<Rows> {
	const { reports } = textsFor(locale);
	const { content: text } = reports;
	const titleOf = titlesOf(content(), locale);
	const lines = (await Promise.all(contents.types.map((type) => contents.read(type, days)))).flat();
	const heads = [
		text.item,
		text.type,
		text.readers,
		text.views,
		text.minutes,
		text.finished,
		text.downloads,
		text.requests,
		text.influenced,
		text.next,
	];
	const rows = lines.map((line) => [
		...[
			titleOf(line.subject),
			text.types[contents.types.find((type) => line.subject.startsWith(`${type}:`)) ?? 'white_papers'],
			line.readers,
			line.views,
		],
		...[Math.round(line.seconds / 6) / 10, line.finished, line.downloads, line.requests, line.influenced, line.next && titleOf(line.next.subject)],
	]);
	return { heads, rows };
}

async function channelRows({ channels }: TableDeps, days: Days, locale: Locale): Promise<Rows> {
	const { channel: text, reports } = textsFor(locale);
	const { channels: rows } = await channels.report(days);
	const tree = await channels.tree();
	const lines = rows.flatMap(({ key, people, costs }) => {
		const name = tree.find(({ code }) => code === key)?.name[locale] ?? key;
		const each = costs.length === 0 ? [null] : costs;
		return each.map((cost) => [
			name,
			people,
			cost?.currency ?? null,
			cost && money(cost.amountCents),
			cost && people > 0 ? money(cost.amountCents / people) : null,
		]);
	});
	return { heads: [text.tree.channel, text.report.people, reports.currency, text.report.cost, text.report.perLead], rows: lines };
}

async function precisionRows({ acceptance }: TableDeps, locale: Locale): Promise<Rows> {
	const { reports, scoring } = textsFor(locale);
	const { precision: text } = reports;
	const names: Readonly<Record<string, { readonly name: string }>> = scoring.rules;
	const { rules } = await acceptance.precision();
	return {
		heads: [text.rule, text.held, text.accepted, text.notAccepted, text.share, text.low, text.high],
		rows: rules.map(({ rule, held, accepted, notAccepted, share, low, high }) => [
			...[names[rule]?.name ?? rule, held, accepted, notAccepted],
			...(share === null ? [null, null, null] : [percent(share), percent(low), percent(high)]),
		]),
	};
}

/** Titles of contents by subject; of one that is gone a word that says so. */
export function titlesOf({ whitePapers, webinars, cases, articles, products, pages }: Snapshot, locale: Locale): (subject: string) => string {
	const all = [...whitePapers, ...webinars, ...cases, ...articles, ...products, ...pages];
	const known = new Map(all.map((item) => [`${item.type}:${item.id}`, inLocale(item.title, locale) || inLocale(item.title, 'en')]));
	const { attribution, reports } = textsFor(locale);
	return (subject) => known.get(subject) ?? (subject.startsWith('terms:') ? reports.topic : attribution.gone);
}
