import { and, eq, isNotNull, lte } from 'drizzle-orm';

import type { Locale, LocalisedText } from '#cms/content.ts';
import type { Visitor } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import { textsFor } from '#kernel/texts/index.ts';

import { judgeEligibility, NOTHING_DONE, type Step } from '../../aftermath/eligibility.ts';
import { type Occurrence, occurrenceById } from '../../programme/occurrence.ts';
import { type RoomDeps, wrongWith } from '../here.ts';
import { draw, drawEntry } from '../schema.ts';
import { achievedIn } from './achieved.ts';
import type { DrawRule, DrawState, Prize, Winner } from './draw.ts';
import { type Draw, drawById, entriesOf, winnersKept } from './run.ts';

export const CLAIM_CONTEXT = 'room_draw_entry.sealed';
const ADDRESS_LENGTH = 1_000;
/** As the words of the agreement say. */
const ADDRESS_DAYS = 90;

/** Everything that anybody needs to work out the winners again. */
export interface DrawProof {
	readonly id: string;
	readonly occurrenceId: string;
	readonly webinar: LocalisedText;
	readonly slug: string;
	readonly title: LocalisedText;
	readonly rule: DrawRule;
	readonly prizes: readonly Prize[];
	readonly state: DrawState;
	readonly commitment: string;
	readonly committedAt: Date | null;
	/** '' until it is drawn. */
	readonly seed: string;
	readonly drawnAt: Date | null;
	/** In rising order; empty until it is committed. */
	readonly entries: readonly string[];
	readonly winners: readonly Winner[];
}

/** How somebody stands in a draw. */
export type OwnEntry =
	| { readonly status: 'unknown' }
	/** Not fixed yet: what is met, and what is missing. */
	| { readonly status: 'open'; readonly isEligible: boolean; readonly steps: readonly Step[] }
	| { readonly status: 'not-in' }
	| { readonly status: 'in'; readonly entry: string }
	| { readonly status: 'won'; readonly entry: string; readonly prize: LocalisedText; readonly isClaimed: boolean };

export interface ClaimInput {
	readonly drawId: string;
	readonly visitor: Visitor;
	/** Where the prize goes. */
	readonly address: string;
	/** Agreed to its use for the delivery, in the words of `texts.draw.consent`. */
	readonly agrees: boolean;
	readonly locale: Locale;
}

export type ClaimOutcome =
	| { readonly status: 'claimed' | 'not-won' | 'unknown' }
	| { readonly status: 'invalid'; readonly field: 'address' | 'agrees'; readonly code: 'required' | 'too-long' | 'characters' };

/** Draws as their participants and the public see them. */
export interface Draws {
	/** Null when there is no such draw of this webinar. */
	proof(slug: string, drawId: string): Promise<DrawProof | null>;
	own(slug: string, drawId: string, visitor: Visitor): Promise<OwnEntry>;
	/** Gives the address that a prize goes to; once more replaces it. */
	claim(input: ClaimInput): Promise<ClaimOutcome>;
	/** Where a claimed prize goes, for who sends it; null when it was not claimed, the agreement was taken back, or the person was erased. */
	addressOf(drawId: string, entry: string): Promise<string | null>;
	/** Destroys addresses 90 days after their draw. */
	forget(): Promise<void>;
}

export function createDraws({ db, now, gating }: RoomDeps): Draws {
	const { read } = db;

	const found = async (slug: string, drawId: string): Promise<{ readonly row: Draw; readonly one: Occurrence } | null> => {
		const row = await drawById(read, drawId);
		const one = row && (await occurrenceById(read, row.occurrenceId));
		return row && one?.slug === slug ? { row, one } : null;
	};
	const ownRow = async (drawId: string, personId: string | null) => {
		if (personId === null) return null;
		const [row] = await read
			.select()
			.from(drawEntry)
			.where(and(eq(drawEntry.drawId, drawId), eq(drawEntry.personId, personId)));
		return row ?? null;
	};

	return Object.freeze<Draws>({
		proof: async (slug, drawId) => {
			const known = await found(slug, drawId);
			if (!known) return null;
			const { row, one } = known;
			const { id, occurrenceId, title, rule, prizes, state, commitment, committedAt, drawnAt } = row;
			return {
				...{ id, occurrenceId, webinar: one.title, slug, title, rule, prizes, state, commitment, committedAt, drawnAt },
				seed: state === 'drawn' || state === 'void' ? row.seed : '',
				entries: await entriesOf(read, id),
				winners: await winnersKept(read, id),
			};
		},
		own: async (slug, drawId, visitor) => {
			const known = await found(slug, drawId);
			const personId = visitor.isVerified ? visitor.personId : null;
			if (!known || personId === null) return { status: 'unknown' };
			const { row, one } = known;
			if (row.state === 'planned') {
				const done = (await achievedIn(read, one, now())).get(personId);
				return done
					? { status: 'open', ...judgeEligibility(row.rule, done) }
					: { status: 'open', ...judgeEligibility(row.rule, NOTHING_DONE), isEligible: false };
			}
			const own = await ownRow(drawId, personId);
			if (!own) return { status: 'not-in' };
			const won = own.prize === null ? undefined : row.prizes[own.prize];
			return won ? { status: 'won', entry: own.entry, prize: won.name, isClaimed: own.claimedAt !== null } : { status: 'in', entry: own.entry };
		},
		claim: async ({ drawId, visitor, address: typed, agrees, locale }) => {
			const personId = visitor.isVerified ? visitor.personId : null;
			const own = await ownRow(drawId, personId);
			if (!own || personId === null) return { status: 'unknown' };
			if (own.prize === null) return { status: 'not-won' };
			const address = typed.trim();
			const code = wrongWith(address, ADDRESS_LENGTH);
			if (code) return { status: 'invalid', field: 'address', code: code === 'empty' ? 'required' : code };
			if (!agrees) return { status: 'invalid', field: 'agrees', code: 'required' };
			await db.write(async (tx) => {
				const at = now();
				const consentHash = await gating.consents.give(tx, { personId, purpose: 'prizes', ...wordsOf(locale), locale, how: `draw:${drawId}` });
				const sealed = await gating.people.seal(personId, CLAIM_CONTEXT, address, tx);
				await tx
					.update(drawEntry)
					.set({ sealed, claimedAt: at, consentHash })
					.where(and(eq(drawEntry.drawId, drawId), eq(drawEntry.entry, own.entry)));
			});
			return { status: 'claimed' };
		},
		addressOf: async (drawId, entry) => {
			const [row] = await read
				.select()
				.from(drawEntry)
				.where(and(eq(drawEntry.drawId, drawId), eq(drawEntry.entry, entry)));
			if (!row?.sealed) return null;
			const [agreed] = (await gating.consents.of(row.personId)).filter(({ purpose }) => purpose === 'prizes');
			return agreed?.given ? gating.people.unseal(row.personId, CLAIM_CONTEXT, row.sealed) : null;
		},
		forget: async () => {
			const due = new Date(now().getTime() - ADDRESS_DAYS * DAY_MS);
			const old = await read
				.selectDistinct({ id: draw.id })
				.from(draw)
				.innerJoin(drawEntry, and(eq(drawEntry.drawId, draw.id), isNotNull(drawEntry.sealed)))
				.where(lte(draw.drawnAt, due))
				.limit(50);
			for (const { id } of old)
				await db.write(async (tx) => {
					await tx.update(drawEntry).set({ sealed: null }).where(eq(drawEntry.drawId, id));
				});
		},
	});
}

function wordsOf(locale: Locale): { readonly title: string; readonly text: string } {
	const { title, text } = textsFor(locale).draw.consent;
	return { title, text };
}
