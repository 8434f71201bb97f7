import { and, asc, count, desc, eq, gte, inArray, lt } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { workplaceOf } from '../account/place.ts';
import { isLiving, type PersonRow, profileOf } from '../identity/person.ts';
import { targetFactsOf } from '../lifecycle/work.ts';
import { quoteRequest } from '../offer/schema.ts';
import { account, accountMember, event, submissionArrival, touchpoint } from '../schema.ts';
import type { RouteFacts } from './route.ts';

export interface FactsDeps {
	readonly keys: Keys;
	readonly content: () => Snapshot;
}

const OF_PRODUCTS = 'products:';
/** Comes after every subject of a product. */
const AFTER_PRODUCTS = 'products;';

/** What routing asks of the persons of a lead, oldest first. */
export async function routeFactsOf(handle: Handle, { keys, content }: FactsDeps, people: readonly PersonRow[]): Promise<RouteFacts> {
	const ids = people.map(({ id }) => id);
	const profile = profileOf(keys, people.filter(isLiving));
	const { industry, size, country, region } = await targetFactsOf(handle, ids, profile);
	const [place] = await handle
		.select({ owner: account.owner })
		.from(accountMember)
		.innerJoin(account, eq(account.id, accountMember.accountId))
		.where(inArray(accountMember.personId, ids))
		.orderBy(asc(accountMember.personId))
		.limit(1);
	return {
		sources: await firstSources(handle, ids),
		country: workplaceOf(profile).country || country || null,
		region,
		industry,
		productLines: await productLinesOf(handle, content(), ids),
		size: size || null,
		accountOwner: place?.owner || null,
	};
}

/** Channel and source of the first contact, with or without consent to be followed. */
async function firstSources(handle: Handle, ids: readonly string[]): Promise<string[]> {
	const [touched] = await handle
		.select({ channel: touchpoint.channel, sourceId: touchpoint.sourceId, at: touchpoint.at })
		.from(touchpoint)
		.where(inArray(touchpoint.personId, [...ids]))
		.orderBy(asc(touchpoint.at), asc(touchpoint.id))
		.limit(1);
	const [arrived] = await handle
		.select({ channel: submissionArrival.channel, sourceId: submissionArrival.sourceId, at: submissionArrival.at })
		.from(submissionArrival)
		.where(inArray(submissionArrival.personId, [...ids]))
		.orderBy(asc(submissionArrival.at), asc(submissionArrival.submissionId))
		.limit(1);
	const first = touched && arrived ? (arrived.at < touched.at ? arrived : touched) : (touched ?? arrived);
	return first ? [first.channel, first.sourceId ?? ''].filter((one) => one !== '') : [];
}

/** Lines of the products in the newest request for a quote, else of the product they dealt with most. */
async function productLinesOf(handle: Handle, content: Snapshot, ids: readonly string[]): Promise<string[]> {
	const lineOf = new Map(content.products.map(({ id, rootCategory }) => [id, rootCategory]));
	const [asked] = await handle
		.select({ products: quoteRequest.products })
		.from(quoteRequest)
		.where(inArray(quoteRequest.personId, [...ids]))
		.orderBy(desc(quoteRequest.at), desc(quoteRequest.id))
		.limit(1);
	const wanted = asked?.products.flatMap(({ id }) => lineOf.get(id) ?? []) ?? [];
	if (wanted.length > 0) return [...new Set(wanted)];
	const seen = await handle
		.select({ subject: event.subject, times: count() })
		.from(event)
		.where(and(inArray(event.personId, [...ids]), gte(event.subject, OF_PRODUCTS), lt(event.subject, AFTER_PRODUCTS)))
		.groupBy(event.subject);
	const times = new Map<string, number>();
	for (const row of seen) {
		const line = lineOf.get(row.subject.slice(OF_PRODUCTS.length));
		if (line) times.set(line, (times.get(line) ?? 0) + row.times);
	}
	const [most] = [...times].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
	return most ? [most[0]] : [];
}
