import { and, desc, eq, lt, or } from 'drizzle-orm';

import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import type { Reader } from '../lead/reader.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import { type FrozenProduct, quoteRequest } from '../offer/schema.ts';
import { lead, person } from '../schema.ts';
import type { QuoteRow, QuoteWords } from './quote.ts';
import { openWords } from './request.ts';

const PAGE = 50;
const KIND = 'quotes';

/** A request as a list shows it. */
export interface QuoteItem {
	readonly id: string;
	readonly at: Date;
	readonly leadId: string;
	readonly company: string;
	/** Null where the reader may not see people, and for somebody erased. */
	readonly name: string | null;
	readonly products: readonly Pick<FrozenProduct, 'partNumber' | 'quantity' | 'title'>[];
	readonly dealer: string | null;
	readonly dealerState: string;
	readonly outcome: string;
	/** Null: nobody has proved the address. */
	readonly verifiedAt: Date | null;
}

export interface QuoteView extends Omit<QuoteItem, 'products'> {
	readonly products: readonly FrozenProduct[];
	/** Null where the reader may not see people, and for somebody erased. */
	readonly words: QuoteWords | null;
	readonly page: string;
	readonly locale: string;
	readonly contentRevision: number;
	readonly channel: string;
}

export interface QuotePage {
	readonly items: readonly QuoteItem[];
	readonly nextCursor: string | null;
}

interface ListDeps {
	readonly db: Database;
	readonly keys: Keys;
}

/** Requests, newest first. @throws DomainError invalid for a foreign cursor. */
export async function listQuotes({ db, keys }: ListDeps, reader: Reader, cursor?: string): Promise<QuotePage> {
	const place = cursor === undefined ? null : readCursor(KIND, 'number', cursor);
	const before = place === null ? null : new Date(Number(place.value));
	const rows = await db.read
		.select({ quote: quoteRequest, leadId: person.leadId, company: lead.company })
		.from(quoteRequest)
		.innerJoin(person, eq(person.id, quoteRequest.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(before && place ? or(lt(quoteRequest.at, before), and(eq(quoteRequest.at, before), lt(quoteRequest.id, place.id))) : undefined)
		.orderBy(desc(quoteRequest.at), desc(quoteRequest.id))
		.limit(PAGE + 1);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1)?.quote;
	const items: QuoteItem[] = [];
	for (const { quote, leadId, company } of shown) items.push({ ...itemOf(quote), leadId, company, name: await nameOf({ db, keys }, quote, reader) });
	return { items, nextCursor: rows.length > PAGE && last ? writeCursor(KIND, { value: last.at.getTime(), id: last.id }) : null };
}

/** One request with everything that was asked and shown; null when there is none. */
export async function viewQuote({ db, keys }: ListDeps, id: string, reader: Reader): Promise<QuoteView | null> {
	const [row] = await db.read
		.select({ quote: quoteRequest, leadId: person.leadId, company: lead.company })
		.from(quoteRequest)
		.innerJoin(person, eq(person.id, quoteRequest.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(eq(quoteRequest.id, id));
	if (!row) return null;
	const { quote, leadId, company } = row;
	const owner = reader.seesPeople ? await livingPerson(db.read, quote.personId) : null;
	const { page, locale, contentRevision, channel, products } = quote;
	const words = owner ? openWords(keys, owner.dataKey, quote) : null;
	return {
		...itemOf(quote),
		leadId,
		company,
		name: await nameOf({ db, keys }, quote, reader),
		words,
		page,
		locale,
		contentRevision,
		channel,
		products,
	};
}

function itemOf({ id, at, products, dealer, dealerState, outcome, verifiedAt }: QuoteRow): Omit<QuoteItem, 'leadId' | 'company' | 'name'> {
	return { id, at, products, dealer, dealerState, outcome, verifiedAt };
}

async function nameOf({ db, keys }: ListDeps, { personId }: QuoteRow, { seesPeople }: Reader): Promise<string | null> {
	const owner = seesPeople ? await livingPerson(db.read, personId) : null;
	return owner ? (openProfile(keys, owner).name ?? null) : null;
}
