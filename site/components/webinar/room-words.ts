import type { LocalisedText } from '#cms/content.ts';
import type { RoomMessage } from '#webinar';

import type { RoomData } from './room-data.ts';
import type { Outcome } from './wire.ts';

export type Message<K extends RoomMessage['kind']> = Extract<RoomMessage, { kind: K }>;
/** Sends what the viewer does to the hub. */
export type Send = (act: object) => Promise<Outcome>;

export const textOf = (text: LocalisedText, { locale }: Pick<RoomData, 'locale'>): string => text[locale] || text.en || text['zh-CN'];

export const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
	text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Why something was not taken, in words; '' when it was. */
export const refusalOf = (outcome: Outcome, { words }: Pick<RoomData, 'words'>): string =>
	outcome.isDone ? '' : fillIn(words.failed[outcome.code] ?? words.failed.unknown, { seconds: outcome.waitSeconds });
