import type { MessageItem, MessageSettings } from '#gating';
import type { DomainError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

/** What wrote a message, in words. */
export function originWord({ delivery }: Texts, origin: string): string {
	return wordOf(delivery.origins, Object.hasOwn(delivery.origins, origin) ? origin : (origin.split(':')[0] ?? origin));
}

/** How urgent a message is, where what wrote it does not say the same. */
export function classWord(texts: Texts, { class: kind, origin }: Pick<MessageItem, 'class' | 'origin'>): string {
	const word = wordOf(texts.delivery.classes, kind);
	return word === originWord(texts, origin) ? '' : word;
}

/** Where what wrote it can be looked at; null for a part of the hub. */
export function originHref(origin: string): string | null {
	const [kind, id = ''] = origin.split(':');
	return (kind === 'mailing' || kind === 'journey') && /^[0-9a-f-]{36}$/.test(id) ? `/console/${kind}s/${id}` : null;
}

/** States that ask for a look. */
export const isAmiss = ({ state, answer }: Pick<MessageItem, 'state' | 'answer'>): boolean => state === 'failed' || answer !== '';

const GROUPS = ['reminder', 'promotion'] as const;
const LIMITS = ['day', 'week', 'month', 'gapMinutes'] as const;

type Channel = keyof MessageSettings['caps'];

/** The fields of the caps of channels that can send, row by row. */
export const capRows = (channels: readonly Channel[]) =>
	channels.flatMap((channel) => GROUPS.map((group) => ({ channel, group, names: LIMITS.map((limit) => ({ limit, name: `caps.${channel}.${group}.${limit}` })) }))); // prettier-ignore

/** A setting by its path, as it is typed. */
export function settingAt(settings: MessageSettings, path: string): string {
	const value = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], settings);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What was typed into the settings over those that hold, as the domain reads it; an empty number is none. */
export function settingsTyped(data: FormData, live: MessageSettings, channels: readonly Channel[]): Record<string, unknown> {
	const text = (name: string): string => String(data.get(name) ?? '').normalize('NFKC').trim(); // prettier-ignore
	const number = (name: string): number => (/^\d{1,7}$/.test(text(name)) ? Number(text(name)) : NaN);
	const caps = Object.fromEntries(
		channels.map((channel) => [
			channel,
			Object.fromEntries(
				GROUPS.map((group) => [group, Object.fromEntries(LIMITS.map((limit) => [limit, number(`caps.${channel}.${group}.${limit}`)]))]),
			),
		]),
	);
	return {
		caps: { ...live.caps, ...caps },
		quiet: { from: text('quiet.from'), until: text('quiet.until'), weekends: data.has('quiet.weekends') },
		bounces: { soft: number('bounces.soft'), days: number('bounces.days') },
		sending: {
			perMinute: number('sending.perMinute'),
			warmUpFrom: text('sending.warmUpFrom'),
			warmUpFirst: number('sending.warmUpFirst'),
			warmUpGrowth: number('sending.warmUpGrowth'),
		},
	};
}

/** What is wrong with a setting, in a sentence. */
export function settingError({ delivery }: Texts, refusal: unknown, path: string): string | null {
	const fields = refusal instanceof Error && 'fields' in refusal ? (refusal as DomainError).fields : [];
	const found = fields.find(({ field }) => field === path);
	return found ? wordOf(delivery.settings.errors, found.code) : null;
}
