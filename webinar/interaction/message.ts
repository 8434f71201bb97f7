import type { LocalisedText } from '#cms/content.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { BodyOf, MessageBody, RoomKind, RoomMessage } from './kinds.ts';
import type { Interaction } from './log.ts';
import type { Audience, Showing } from './schema.ts';

/** What the sealed words of a registrant hold. */
export interface Said {
	readonly name: string;
	readonly text: string;
}

/** A line with what the host's side knows of it. */
export interface Line {
	readonly message: RoomMessage;
	readonly id: string;
	readonly personId: string | null;
	readonly audience: Audience;
	readonly showing: Showing;
}

/** Makes the body of rows of one kind that is not their `data`. */
export type Opener<K extends RoomKind> = (row: Interaction) => Promise<BodyOf<K>>;
export type Openers = { readonly [K in RoomKind]?: Opener<K> };

export const CHAT_CONTEXT = 'interaction.sealed';
const GONE: LocalisedText = { en: '', 'zh-CN': '' };
const REMEMBERED = 2_000;

export const sameInBoth = (text: string): LocalisedText => ({ en: text, 'zh-CN': text });

/** Whether everybody in the room sees it. */
export const isPublic = ({ audience, showing }: Pick<Line, 'audience' | 'showing'>): boolean => audience === 'all' && showing === 'shown';

export interface Messages {
	of(row: Interaction): Promise<RoomMessage>;
	lineOf(row: Interaction): Promise<Line>;
	/** Name and words of a person's row; null for others and for who was erased. */
	said(row: Interaction): Promise<Said | null>;
	/** Forgets opened words, when a person is erased. */
	forget(): void;
}

/** Turns rows into messages. Opened words are kept for a while, since a room is replayed to everybody who comes in. */
export function createMessages({ gating }: Pick<WebinarsDeps, 'gating'>, openers: (messages: Messages) => Openers = () => ({})): Messages {
	const opened = new Map<string, Said | null>();

	const said = async ({ id, personId, sealed }: Interaction): Promise<Said | null> => {
		const known = opened.get(id);
		if (known !== undefined) return known;
		const text = personId && sealed ? await gating.people.unseal(personId, CHAT_CONTEXT, sealed) : null;
		const words = text === null ? null : (JSON.parse(text) as Said);
		opened.set(id, words);
		for (const oldest of opened.keys()) {
			if (opened.size <= REMEMBERED) break;
			opened.delete(oldest);
		}
		return words;
	};
	const bodyOf = async (row: Interaction): Promise<MessageBody> => {
		const open = byKind[row.kind];
		return open ? open(row) : ({ kind: row.kind, ...row.data } as MessageBody);
	};
	const of = async (row: Interaction): Promise<RoomMessage> => ({ seq: row.seq, at: row.at.toISOString(), ...(await bodyOf(row)) });

	const messages = Object.freeze<Messages>({
		of,
		said,
		lineOf: async (row) => {
			const { id, personId, audience, showing } = row;
			return { message: await of(row), id, personId, audience, showing };
		},
		forget: () => opened.clear(),
	});
	const byKind: Openers = { chat: chatOf(said), ...openers(messages) };
	return messages;
}

/** Lines of staff and of planned moments say who wrote them; those of registrants are opened. */
function chatOf(said: Messages['said']): Opener<'chat'> {
	return async (row) => {
		if (row.personId === null) return { ...(row.data as unknown as BodyOf<'chat'>), kind: 'chat' };
		const words = await said(row);
		return {
			kind: 'chat',
			...row.data,
			author: words && sameInBoth(words.name),
			isHost: false,
			text: words ? sameInBoth(words.text) : GONE,
		};
	};
}
