import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { outbox } from '#kernel/schema.ts';
import { analyst, createScoredHub, engineer, mara } from '#tests/support/scored.ts';

import {
	account, accountMember, accountMerge, consent, disposition, event, fileOpening, formSubmission, importBatch, importRow, interaction, merge, move,
	screeningAnswer, tagMark, touchpoint, workMove,
} from '../../gating/schema.ts'; // prettier-ignore

type Hub = Awaited<ReturnType<typeof createScoredHub>>;
let hub: Hub;
beforeEach(async () => void (hub = await createScoredHub()));
afterEach(() => hub.close());

const START = Date.UTC(2026, 1, 1);
const standing = { stage: 'prospect', workingState: 'open', owner: null, nextActionAt: null };
const buyer = { name: 'Ben Roth', email: 'ben.roth@bottling.example', company: 'Bottling AG' };

/** The order of sources within an instant. */
const SOURCES = [
	'event', 'form', 'file', 'mail', 'touch', 'consent', 'import', 'stage', 'state', 'contact', 'decision', 'decision-undone', 'screening',
	'tag-put', 'tag-taken', 'merge', 'merge-undone', 'account-merge', 'account-merge-undone',
] as const; // prettier-ignore
type SourceName = (typeof SOURCES)[number];

/** A row to keep: of which source, of which of two persons, at which of a few instants. */
interface Planned {
	readonly source: SourceName;
	readonly person: number;
	readonly at: number;
	/** For what can be taken back: instants later; null: never. */
	readonly undone: number | null;
}

/** Keeps rows, and returns `<source>:<id>` with its instant for each line they should make. */
async function keep({ db }: Hub, people: readonly { id: string; leadId: string }[], planned: readonly Planned[]) {
	const lines: { source: SourceName; id: string; at: number }[] = [];
	const lists = new Set<string>();
	const calls = new Set<string>();
	await db.write(async (tx) => {
		await tx.insert(account).values({
			...{ id: 'acc', name: 'Firm', nameKey: 'firm', nameFolded: 'firm', status: 'prospect', owner: '', industry: '', size: '', country: '' },
			...{ website: '', maySuggest: false, createdAt: new Date(START) },
		});
		for (const { id } of people)
			await tx
				.insert(accountMember)
				.values({ personId: id, accountId: 'acc', firstAccountId: 'acc', cause: 'domain', companyKey: '', at: new Date(START) });
		for (const [index, { source, person, at: step, undone }] of planned.entries()) {
			const { id: personId, leadId } = people[person % people.length]!;
			const at = new Date(START + step * 1_000);
			const undoneAt = undone === null ? null : new Date(at.getTime() + undone * 1_000);
			// Ids in no order of time, as those that browsers make.
			const id = `${(index * 7_919) % 1_000}-${source}-${index}`;
			const line = (name: SourceName, moment = at, lineId = id) => lines.push({ source: name, id: lineId, at: moment.getTime() });
			switch (source) {
				case 'event':
					await tx.insert(event).values({
						...{ id, type: 'page.view', version: 1, at, receivedAt: at, localDay: '', visitorId: null, personId, subject: '', props: { path: '/' } },
						basis: 'consent',
					});
					line('event');
					break;
				case 'form':
					await tx.insert(formSubmission).values({
						...{ id, formKey: 'paper', subject: `white_papers:${index}`, personId, visitorId: null, answers: Buffer.alloc(1), consents: [] },
						...{ channel: 'direct', requestKey: null, requestHash: '', appliedAt: null, outcome: 'accept', reasons: [], at },
					});
					// Its event is the same fact: one line stands for both.
					await tx.insert(event).values({
						...{ id, type: 'form.submitted', version: 1, at, receivedAt: at, localDay: '', visitorId: null, personId, props: { form: 'paper' } },
						...{ subject: `white_papers:${index}`, basis: 'necessary' },
					});
					line('form');
					break;
				case 'file':
					await tx.insert(fileOpening).values({ id, personId, grantId: 'g', subject: 'white_papers:w1', documentId: '', locale: 'en', at });
					await tx.insert(event).values({
						...{ id, type: 'download', version: 1, at, receivedAt: at, localDay: '', visitorId: null, personId, subject: 'white_papers:w1' },
						...{ props: {}, basis: 'necessary' },
					});
					line('file');
					break;
				case 'mail':
					await tx.insert(outbox).values({
						...{ id, kind: 'webinar-mail', key: id, payload: { template: 'confirmation' }, personId, dueAt: at, claimedUntil: at, attempts: 1 },
						...{ state: undone === null ? 'done' : 'waiting', lastError: null, createdAt: at, settledAt: undone === null ? at : null },
					});
					if (undone === null) line('mail');
					break;
				case 'touch':
					await tx.insert(touchpoint).values({
						...{ id, at, localDay: '', visitorId: null, personId, kind: 'visit', channel: 'direct', sourceId: null, tacticId: null, subject: '' },
						...{ detail: {}, importId: null },
					});
					line('touch');
					break;
				case 'consent':
					await tx
						.insert(consent)
						.values({ id, visitorId: null, personId, purpose: 'profiling', given: undone === null, textHash: '', how: 'banner', channel: '', at });
					line('consent');
					break;
				case 'import': {
					const importId = `list-${step}`;
					if (!lists.has(importId))
						await tx.insert(importBatch).values({
							...{
								id: importId,
								name: 'Fair',
								reach: 'people',
								state: 'done',
								channel: 'fair',
								sourceId: null,
								locale: 'en',
								country: 'CH',
								contactedAt: at,
							},
							...{
								basis: { kind: 'interest', purposes: [], statement: '' },
								encoding: 'utf-8',
								delimiter: ',',
								mapping: [],
								dataKey: null,
								sample: null,
							},
							...{ sizeBytes: 0, rows: 1, done: 1, createdBy: 'staff:u1', createdAt: at, startedAt: at, finishedAt: at },
						});
					lists.add(importId);
					await tx.insert(importRow).values({ importId, row: index, outcome: 'accept', reasons: [], match: 'new', personId, cells: null });
					if (!lists.has(importId + personId)) line('import', at, `${importId}:${personId}`);
					lists.add(importId + personId);
					break;
				}
				case 'stage':
				case 'state':
					await tx.insert(source === 'stage' ? move : workMove).values({ id, leadId, from: 'a', to: 'b', cause: 'rule:x', evidence: {}, at });
					line(source);
					break;
				case 'contact':
					await tx.insert(interaction).values({
						...{ id, personId, kind: 'call', outcome: 'reached', note: null, by: 'staff:u1', at, loggedAt: at, nextActionAt: null },
					});
					line('contact');
					break;
				case 'decision':
				case 'decision-undone':
					await tx.insert(disposition).values({
						...{ id, personId, leadId, interactionId: null, kind: 'returned', reason: '', feedback: null, by: 'staff:u1', at, before: standing },
						...{ after: standing, undoneAt, undoneBy: undoneAt && 'staff:u1' },
					});
					line('decision');
					if (undoneAt) line('decision-undone', undoneAt);
					break;
				case 'screening':
					await tx.insert(screeningAnswer).values({
						...{ id, personId, sheetKey: 'default', sheetVersion: 1, question: `q${index}`, verdict: 'credible', choice: '', words: null, tick: '' },
						...{ by: 'staff:u1', at },
					});
					// All answers of one call are one line.
					if (!calls.has(`${personId} ${step}`)) line('screening', at, `${personId}:default`);
					calls.add(`${personId} ${step}`);
					break;
				case 'tag-put':
				case 'tag-taken':
					await tx
						.insert(tagMark)
						.values({ id, tag: 'key-account', personId, source: 'staff:u1', at, removedAt: undoneAt, removedBy: undoneAt && 'staff:u1' });
					line('tag-put');
					if (undoneAt) line('tag-taken', undoneAt);
					break;
				case 'merge':
				case 'merge-undone':
					await tx.insert(merge).values({
						...{ id, fromLeadId: 'other', intoLeadId: leadId, cause: 'staff:u1', at, undoneAt, undoneBy: undoneAt && 'staff:u1' },
						before: { stage: '', workingState: '', company: '', mailDomain: '' },
					});
					line('merge');
					if (undoneAt) line('merge-undone', undoneAt);
					break;
				case 'account-merge':
				case 'account-merge-undone':
					await tx
						.insert(accountMerge)
						.values({ id, fromId: 'old', intoId: 'acc', cause: 'staff:u1', at, undoneAt, undoneBy: undoneAt && 'staff:u1' });
					line('account-merge');
					if (undoneAt) line('account-merge-undone', undoneAt);
					break;
			}
		}
	});
	const byText = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);
	return lines.sort((a, b) => b.at - a.at || SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) || byText(a.id, b.id));
}

type Page = Awaited<ReturnType<Hub['leads']['timeline']>>;
const namesOf = (items: NonNullable<Page>['items']) => items.map(({ source, id, at }) => ({ source, id, at: at.getTime() }));

async function through(read: (cursor: string | undefined) => Promise<Page>) {
	const found: ReturnType<typeof namesOf> = [];
	for (let cursor: string | undefined; ;) {
		const page = (await read(cursor))!;
		found.push(...namesOf(page.items));
		if (page.nextCursor === null) return found;
		cursor = page.nextCursor;
	}
}

test('paging through with any page size yields exactly the merged list of all sources, of a lead and of an account', async () => {
	const planned = fc.record({
		source: fc.constantFrom(...SOURCES),
		person: fc.nat(1),
		at: fc.nat(4),
		undone: fc.option(fc.nat(3)),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }), async (rows, limit) => {
			const one = await createScoredHub();
			try {
				const leadId = await one.aPerson('p1', engineer);
				await one.aPerson('p2', buyer, leadId);
				const people = [{ id: 'p1', leadId }, { id: 'p2', leadId }]; // prettier-ignore
				const naive = await keep(one, people, rows);
				const ofLead = naive.filter(({ source }) => !source.startsWith('account-'));
				expect(await through((cursor) => one.leads.timeline(leadId, mara, { cursor, limit }))).toEqual(ofLead);
				expect(await through((cursor) => one.leads.accountTimeline('acc', mara, { cursor, limit }))).toEqual(naive);
				const kinds = ['merge', 'form'] as const;
				expect(await through((cursor) => one.leads.timeline(leadId, mara, { cursor, limit, kinds }))).toEqual(
					ofLead.filter(({ source }) => source.startsWith('merge') || source === 'form'),
				);
			} finally {
				await one.close();
			}
		}),
		{ numRuns: 15 },
	);
}, 120_000);

describe('the timeline of a lead', () => {
	test('follows a merge, and is what it was after the undoing but for the merge itself', async () => {
		const [one, two] = [await hub.aPerson('p1', engineer), await hub.aPerson('p2', buyer)];
		await keep(hub, [{ id: 'p1', leadId: one }, { id: 'p2', leadId: two }], [
			...SOURCES.slice(0, 13).map((source, at) => ({ source, person: 1, at, undone: null })),
			{ source: 'event', person: 0, at: 3, undone: null },
		]); // prettier-ignore
		const names = async (id: string) => namesOf((await hub.leads.timeline(id, mara))!.items);
		const before = [await names(one), await names(two)];
		expect(before.map(({ length }) => length)).toEqual([1, 13]);

		const mergeId = await hub.leads.merge(one, two, mara);
		const merged = await names(one);
		expect(merged).toEqual(expect.arrayContaining([...before[0]!, ...before[1]!, expect.objectContaining({ source: 'merge', id: mergeId })]));
		expect(await names(two)).toEqual(merged);

		await hub.leads.undoMerge(mergeId, mara);
		const own = (all: typeof merged) => all.filter(({ source, at }) => !source.startsWith('merge') && at < hub.clock.at.getTime());
		expect([own(await names(one)), own(await names(two))]).toEqual(before);
		for (const id of [one, two]) expect((await names(id)).map(({ source }) => source)).toEqual(expect.arrayContaining(['merge', 'merge-undone']));
	});

	test('shows words of staff and of browsers to readers who may see people, and to nobody else', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		const agent = { ...mara, staffId: 'u1', isStaff: true, maySell: true, ownOnly: false } as unknown as Parameters<Hub['work']['log']>[2];
		const note = 'Wants a gearbox with 3 arcmin';
		await hub.work.log(leadId, { kind: 'call', outcome: 'reached', at: hub.clock.at, note, nextActionAt: null }, agent);
		await hub.did('v1', 'p1', { type: 'page.view', props: { path: '/private-path' } } as never);
		const seen = await hub.leads.timeline(leadId, mara);
		expect(seen?.items.find(({ source }) => source === 'contact')).toMatchObject({ type: 'call', words: note, name: engineer.name, leadId });
		expect(seen?.items.find(({ source }) => source === 'event')?.props).toEqual({ path: '/private-path' });
		const hidden = await hub.leads.timeline(leadId, analyst);
		expect(hidden?.items).toHaveLength(seen?.items.length ?? 0);
		for (const word of [note, engineer.name!, 'private-path']) expect(JSON.stringify(hidden)).not.toContain(word);
	});

	test('refuses a cursor that is not of it', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		const foreign = Buffer.from(JSON.stringify([`timeline:${leadId}`, 5, 'nothing:x'])).toString('base64url');
		for (const cursor of ['x', foreign]) await expect(hub.leads.timeline(leadId, mara, { cursor })).rejects.toMatchObject({ code: 'invalid' });
		expect(await hub.leads.accountTimeline('nobody', mara)).toBeNull();
	});
});
