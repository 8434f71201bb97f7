import type { App } from '#app';
import type { Reader } from '#gating';

/** More are not written to at once. */
const MOST = 2_000;
const PAGE = 100;

/** The people of a segment's leads, those known longest of each; at most {@link MOST}. @throws DomainError not-found */
export async function segmentPeople(app: Pick<App, 'gating'>, segmentId: string, reader: Reader): Promise<readonly string[]> {
	const people: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await app.gating.segments.members(segmentId, { cursor, limit: PAGE }, reader);
		for (const { id } of page.items) {
			const [first] = (await app.gating.leads.get(id, reader))?.persons ?? [];
			if (first) people.push(first.personId);
		}
		cursor = page.nextCursor ?? undefined;
	} while (cursor !== undefined && people.length < MOST);
	return people;
}
