import { and, eq, inArray, lte, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { submissionArrival, touchpoint, utmUnknown } from '../schema.ts';

/** Cuts the words of a person's arrivals off: tags, hosts, networks. Channels, sources and counts stay. */
export async function forgetArrivals(tx: Handle, personId: string, visitorIds: readonly string[]): Promise<void> {
	const browsers = [...visitorIds];
	const touches = or(eq(touchpoint.personId, personId), inArray(touchpoint.visitorId, browsers));
	const found = await tx.select({ kind: touchpoint.kind, detail: touchpoint.detail }).from(touchpoint).where(touches);
	await forgetTags(
		tx,
		found.filter(({ kind }) => kind === 'visit').map(({ detail }) => detail),
	);
	await tx.update(touchpoint).set({ detail: {} }).where(touches);
	await tx.update(submissionArrival).set({ detail: {}, network: '' }).where(eq(submissionArrival.personId, personId));
}

/** Tags with which nobody else ever came may name them: they leave the list of unknown ones, too. */
async function forgetTags(tx: Handle, details: readonly Readonly<Record<string, string>>[]): Promise<void> {
	const times = new Map<string, number>();
	for (const detail of details) {
		const key = JSON.stringify([detail['source'], detail['medium'], detail['campaign']].map((value = '') => value.toLowerCase()));
		times.set(key, (times.get(key) ?? 0) + 1);
	}
	for (const [key, visits] of times) {
		const [source = '', medium = '', campaign = ''] = JSON.parse(key) as string[];
		await tx
			.delete(utmUnknown)
			.where(and(eq(utmUnknown.source, source), eq(utmUnknown.medium, medium), eq(utmUnknown.campaign, campaign), lte(utmUnknown.visits, visits)));
	}
}
