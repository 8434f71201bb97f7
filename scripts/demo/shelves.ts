import type { Snapshot } from '#cms/content.ts';
import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { stableId } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { campaign, staffMember, tactic } from '#gating/schema.ts';
import { occurrence } from '#webinar/schema.ts';

import { searchesOf } from './searches.ts';
import { SELLERS } from './story.ts';
import type { Shelves } from './visits.ts';

const CAMPAIGNS = [
	['Demo: servo spring', 'mail', ['Newsletter March', 'Inertia paper', 'Follow-up mail']],
	['Demo: trade fair Hannover', 'fair', ['Stand', 'Badge scan', 'Evening talk']],
	['Demo: 变频器节能', 'wechat', ['公众号文章', '直播', '白皮书']],
	['Demo: search advertising', 'paid-search', ['Servo motors', 'Frequency converters']],
	['Demo: pump retrofit', 'media', ['Advertorial', 'Pump paper']],
] as const;
const STARTS = 8;

/** Makes what people come by and go to: campaigns, staff and webinars of the past; finds what is published. Everything made says that it is a demo. */
export async function stockShelves(tx: Handle, content: Snapshot, keys: Keys, now: Date): Promise<Shelves> {
	const tactics: { id: string; channel: string }[] = [];
	for (const [name, channel, names] of CAMPAIGNS) {
		const campaignId = stableId(`demo:${name}`);
		await tx.insert(campaign).values({ id: campaignId, name, createdAt: now, archivedAt: null }).onConflictDoNothing();
		for (const one of names) {
			const id = stableId(`demo:${name}:${one}`);
			await tx.insert(tactic).values({ id, campaignId, name: one, createdAt: now }).onConflictDoNothing();
			tactics.push({ id, channel });
		}
	}
	const staff = [...SELLERS.map((id) => [id, 'sales'] as const), ['demo-marketer-1', 'marketer'] as const, ['demo-marketer-2', 'marketer'] as const];
	for (const [index, [id, role]] of staff.entries())
		await tx
			.insert(staffMember)
			.values({ id, name: `Demo ${role} ${(index % SELLERS.length) + 1}`, role, seenAt: now })
			.onConflictDoNothing();
	const pathOf = (kind: string, slug: string) => `/${kind}/${slug}`;
	return {
		papers: content.whitePapers.map(({ id }) => `white_papers:${id}`),
		products: content.products.map(({ id, slug, rootCategory }) => ({ subject: `products:${id}`, path: pathOf(`products/${rootCategory}`, slug) })),
		articles: content.articles.map(({ id, slug }) => ({ subject: `articles:${id}`, path: pathOf('articles', slug) })),
		cases: content.cases.map(({ id, slug }) => ({ subject: `cases:${id}`, path: pathOf('cases', slug) })),
		past: await pastWebinars(tx, content, now),
		tactics,
		searches: searchesOf(content, keys),
	};
}

async function pastWebinars(tx: Handle, { webinars, site }: Snapshot, now: Date): Promise<Shelves['past']> {
	const past: Shelves['past'][number][] = [];
	for (let start = STARTS; start > 0; start--) {
		const webinar = webinars[start % Math.max(1, webinars.length)];
		if (!webinar) continue;
		const startsAt = new Date(Math.floor((now.getTime() - start * 85 * DAY_MS) / DAY_MS) * DAY_MS + 13 * 60 * MINUTE_MS);
		const endsAt = new Date(startsAt.getTime() + webinar.durationMinutes * MINUTE_MS);
		const id = stableId(`demo:occurrence:${webinar.id}:${startsAt.toISOString()}`);
		await tx
			.insert(occurrence)
			.values({
				...{ id, webinarId: webinar.id, slug: webinar.slug, title: webinar.title, mode: 'simulive', startsAt, endsAt, closesAt: endsAt },
				...{ timeZone: site.timeZone, capacity: null, place: { en: '', 'zh-CN': '' }, sequence: 0, cancelledAt: null, settledAt: endsAt },
			})
			.onConflictDoNothing();
		past.push({ subject: `webinars:${webinar.id}`, occurrenceId: id, startsAt: startsAt.getTime(), minutes: webinar.durationMinutes });
	}
	return past;
}
