import type { Locale } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/texts.ts';
import type { Board } from '#webinar';

/** A board as JSON has it: instants are ISO 8601. */
type Sent<T> = T extends Date
	? string
	: T extends readonly (infer E)[]
		? readonly Sent<E>[]
		: T extends object
			? { readonly [K in keyof T]: Sent<T[K]> }
			: T;

interface Hot {
	readonly leadId: string;
	readonly name: string | null;
	readonly company: string;
	readonly grade: string;
	/** Hundredths of a point. */
	readonly total: number;
}

/** What the studio's page shows: the board, and who is worth an eye where the reader may know. */
export type SentBoard = Sent<Board> & { readonly hot: readonly Hot[] | null };

/** What the studio's script is told by its page. */
export interface StudioData {
	readonly id: string;
	readonly slug: string;
	readonly locale: Locale;
	readonly timeZone: string;
	/** Address of a draw's proof, up to its id. */
	readonly proofs: string;
	readonly speakers: readonly { readonly slug: string; readonly name: string }[];
	readonly words: Texts['studio'];
	readonly board: SentBoard;
}
