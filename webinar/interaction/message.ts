import type { LocalisedText } from '#cms/content.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { Interaction } from './log.ts';

/** One line of the room's stream, as every viewer gets it: both languages travel. `seq` is the id of its SSE message. */
export type RoomMessage = {
	/** Place in the log of the occurrence, from 1, without gaps. */
	readonly seq: number;
	/** ISO 8601. */
	readonly at: string;
} & MessageBody;

export type MessageBody =
	| {
			readonly kind: 'chat';
			/** Name of the host or registrant; null where the person was erased. */
			readonly author: LocalisedText | null;
			readonly isHost: boolean;
			readonly text: LocalisedText;
	  }
	| { readonly kind: 'poll'; readonly poll: string; readonly question: LocalisedText; readonly options: readonly LocalisedText[] }
	/** Votes per option so far; a later one replaces it. */
	| { readonly kind: 'poll-results'; readonly poll: string; readonly votes: readonly number[] }
	/** `target` is `<type>/<slug>` of content. */
	| { readonly kind: 'resource'; readonly target: string };

/** What the sealed words of a registrant hold. */
export interface Said {
	readonly name: string;
	readonly text: string;
}

export const CHAT_CONTEXT = 'interaction.sealed';
const GONE: LocalisedText = { en: '', 'zh-CN': '' };
const REMEMBERED = 2_000;

export const sameInBoth = (text: string): LocalisedText => ({ en: text, 'zh-CN': text });

export interface Messages {
	of(row: Interaction): Promise<RoomMessage>;
	/** Forgets opened words, when a person is erased. */
	forget(): void;
}

/** Turns rows into messages. Opened words are kept for a while, since a room is replayed to everybody who comes in. */
export function createMessages({ gating }: Pick<WebinarsDeps, 'gating'>): Messages {
	const opened = new Map<string, Said | null>();

	const open = async ({ id, personId, sealed }: Interaction): Promise<Said | null> => {
		const known = opened.get(id);
		if (known !== undefined) return known;
		const text = personId && sealed ? await gating.people.unseal(personId, CHAT_CONTEXT, sealed) : null;
		const said = text === null ? null : (JSON.parse(text) as Said);
		opened.set(id, said);
		for (const oldest of opened.keys()) {
			if (opened.size <= REMEMBERED) break;
			opened.delete(oldest);
		}
		return said;
	};

	return Object.freeze<Messages>({
		of: async (row) => {
			const line = { seq: row.seq, at: row.at.toISOString() };
			if (row.kind !== 'chat' || row.personId === null) return { ...line, ...(row.data as unknown as MessageBody) };
			const said = await open(row);
			return { ...line, kind: 'chat', author: said && sameInBoth(said.name), isHost: false, text: said ? sameInBoth(said.text) : GONE };
		},
		forget: () => opened.clear(),
	});
}
