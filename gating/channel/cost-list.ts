import { decode, detectEncoding } from '../import/decode.ts';
import { cellsOf, plainCell, sniffSeparator } from '../import/csv.ts';
import { type Cost, CURRENCIES } from './cost.ts';
import type { Channel } from './tree.ts';

/** Lines of one list. */
export const MOST_COST_LINES = 2_000;
const MOST_BYTES = 512_000;

/** What a line of a list of costs would do. */
export type CostLineState = 'new' | 'changed' | 'same' | 'removed';

/** Why a line cannot be entered. */
export type CostLineError = 'columns' | 'channel' | 'campaign' | 'month' | 'currency' | 'amount' | 'twice';

export interface CostLine {
	/** 1 for the first under the head. */
	readonly line: number;
	readonly cells: readonly string[];
	/** Null when it cannot be entered. */
	readonly cost: Cost | null;
	readonly state: CostLineState | null;
	/** Hundredths that stand there by now; null for none. */
	readonly before: number | null;
	readonly error: CostLineError | null;
}

/** What is known, that lines are checked against. */
export interface CostFacts {
	readonly channels: readonly Channel[];
	/** Names. */
	readonly campaigns: readonly string[];
	readonly entered: readonly Cost[];
}

export type CostListProblem = 'empty' | 'too-large' | 'too-many' | 'head';
type Column = 'channel' | 'campaign' | 'month' | 'currency' | 'amount';

/** Names of columns, small and without blanks, in both languages. */
const HEADS: Readonly<Record<string, Column>> = {
	...{ channel: 'channel', campaign: 'campaign', month: 'month', currency: 'currency', amount: 'amount', cost: 'amount' },
	...{ 渠道: 'channel', 活动: 'campaign', 月份: 'month', 币种: 'currency', 金额: 'amount', 成本: 'amount' },
};

/** A file's text, whatever its encoding; null for one that is too large. */
export const textOfCosts = (bytes: Uint8Array): string | null => (bytes.length > MOST_BYTES ? null : decode(bytes, detectEncoding(bytes)).text);

/** Reads a list of costs and says of each line what it would do, or what is wrong with it. Changes nothing. */
export function checkCosts(text: string, facts: CostFacts): { readonly lines: readonly CostLine[] } | { readonly problem: CostListProblem } {
	if (text.length > MOST_BYTES) return { problem: 'too-large' };
	if (text.trim() === '') return { problem: 'empty' };
	const [head = [], ...rows] = cellsOf(text, sniffSeparator(text));
	const columns = head.map((name) => HEADS[name.replaceAll(/[\s﻿]/g, '').toLowerCase()] ?? null);
	if (!(['channel', 'month', 'currency', 'amount'] as const).every((name) => columns.includes(name))) return { problem: 'head' };
	if (rows.length === 0) return { problem: 'empty' };
	if (rows.length > MOST_COST_LINES) return { problem: 'too-many' };
	const seen = new Set<string>();
	return { lines: rows.map((cells, index) => lineOf(index + 1, cells.map(plainCell), columns, facts, seen)) };
}

function lineOf(line: number, cells: readonly string[], columns: readonly (Column | null)[], facts: CostFacts, seen: Set<string>): CostLine {
	const wrong = (error: CostLineError): CostLine => ({ line, cells, cost: null, state: null, before: null, error });
	if (cells.length !== columns.length) return wrong('columns');
	const of = (column: Column): string => (cells[columns.indexOf(column)] ?? '').trim();
	const channel = channelCalled(of('channel'), facts.channels);
	if (channel === null) return wrong('channel');
	const campaign = facts.campaigns.find((name) => name.toLowerCase() === of('campaign').toLowerCase()) ?? '';
	if (campaign === '' && of('campaign') !== '') return wrong('campaign');
	const month = monthOf(of('month'));
	if (month === null) return wrong('month');
	const currency = CURRENCIES.find((code) => code === of('currency').toUpperCase());
	if (currency === undefined) return wrong('currency');
	const amountCents = centsOf(of('amount'));
	if (amountCents === null) return wrong('amount');
	const key = [channel, campaign, month, currency].join('\n');
	if (seen.has(key)) return wrong('twice');
	seen.add(key);
	const cost = { channel, campaign, month, currency, amountCents };
	const before = facts.entered.find((one) => isSamePlace(one, cost))?.amountCents ?? null;
	return { line, cells, cost, before, error: null, state: stateOf(before, amountCents) };
}

function stateOf(before: number | null, amountCents: number): CostLineState {
	if ((before ?? 0) === amountCents) return 'same';
	if (amountCents === 0) return 'removed';
	return before === null ? 'new' : 'changed';
}

const isSamePlace = (one: Cost, other: Cost): boolean =>
	one.channel === other.channel && one.campaign === other.campaign && one.month === other.month && one.currency === other.currency;

/** A channel by its code or its name in either language; archived ones are none. */
function channelCalled(word: string, channels: readonly Channel[]): string | null {
	const small = word.toLowerCase();
	const called = ({ code, name }: Channel) => code === small || name.en.toLowerCase() === small || name['zh-CN'] === word;
	return channels.find((one) => !one.isArchived && called(one))?.code ?? null;
}

/** `2026-03`, also of `2026/3`, `2026-03-01` and `2026年3月`; null for anything else. */
function monthOf(word: string): string | null {
	const found = /^(20\d\d)[-/.年](\d{1,2})(?:月|[-/.]\d{1,2})?$/.exec(word);
	const month = Number(found?.[2]);
	return found && month >= 1 && month <= 12 ? `${found[1] ?? ''}-${String(month).padStart(2, '0')}` : null;
}

/** Hundredths of `1250`, `1250.5` and `1250,50`. With a mark between thousands nobody knows what is meant: null. */
function centsOf(word: string): number | null {
	const found = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(word);
	return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}
