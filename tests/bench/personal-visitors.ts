import type { App } from '#app';
import type { Snapshot } from '#cms/content.ts';
import { hashSecret, newId, newSecret, systemRandom } from '#kernel/id.ts';
import { consent, event, visitor } from '#gating/schema.ts';

export interface BenchVisitor {
	readonly id: string;
	readonly cookie: string;
}

const CHUNK = 40;

/** Browsers that agreed to everything the notice asks, each with pages behind it as no other: a few pieces of those there are. */
export async function addVisitors({ db, cms, now }: Pick<App, 'db' | 'cms' | 'now'>, count: number): Promise<readonly BenchVisitor[]> {
	const subjects = subjectsOf(cms.snapshot());
	const made: BenchVisitor[] = [];
	let state = 11;
	const next = (most: number): number => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) && (state >> 9) % most;
	for (let from = 0; from < count; from += CHUNK) {
		const at = now();
		const part = Array.from({ length: Math.min(CHUNK, count - from) }, () => ({ id: newId(at, systemRandom), secret: newSecret(systemRandom) }));
		made.push(...part.map(({ id, secret }) => ({ id, cookie: `foyer_visitor=${secret}; foyer_consent=1.analytics+personalisation` })));
		await db.write(async (tx) => {
			await tx
				.insert(visitor)
				.values(part.map(({ id, secret }) => ({ id, hash: hashSecret(secret), personId: null, joinedAt: null, createdAt: at, firstTouch: {} })));
			await tx.insert(consent).values(
				part.flatMap(({ id }) =>
					['analytics', 'personalisation'].map((purpose) => ({
						...{ id: newId(at, systemRandom), visitorId: id, personId: null, purpose, given: true, at },
						...{ textHash: '', how: 'banner', channel: 'direct' },
					})),
				),
			);
			await tx.insert(event).values(
				part.flatMap(({ id }) =>
					Array.from({ length: 1 + next(4) }, () => ({
						...{ id: newId(at, systemRandom), type: 'page.view', version: 1, at, receivedAt: at, localDay: '2026-11-01', visitorId: id },
						...{ personId: null, subject: subjects[next(subjects.length)]!, props: {}, basis: 'consent' },
					})),
				),
			);
		});
	}
	return made;
}

const subjectsOf = ({ whitePapers, cases, articles, products, webinars }: Snapshot): readonly string[] =>
	[...whitePapers, ...cases, ...articles, ...products, ...webinars].map(({ type, id }) => `${type}:${id}`);
