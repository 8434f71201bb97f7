import { outbox } from '#kernel/schema.ts';

import {
	account, accountMember, accountMerge, consent, disposition, event, fileOpening, formSubmission, importBatch, importRow, interaction, merge, move,
	screeningAnswer, tagMark, touchpoint, workMove,
} from '../../gating/schema.ts'; // prettier-ignore
import type { createScoredHub } from './scored.ts';

type Hub = Awaited<ReturnType<typeof createScoredHub>>;

const START = Date.UTC(2026, 1, 1);
const standing = { stage: 'prospect', workingState: 'open', owner: null, nextActionAt: null };

/** The order of sources within an instant. */
export const SOURCES = [
	'event', 'form', 'file', 'mail', 'touch', 'consent', 'import', 'stage', 'state', 'contact', 'decision', 'decision-undone', 'screening',
	'tag-put', 'tag-taken', 'merge', 'merge-undone', 'account-merge', 'account-merge-undone',
] as const; // prettier-ignore
type SourceName = (typeof SOURCES)[number];

/** A row to keep: of which source, of which of two persons, at which of a few instants. */
export interface Planned {
	readonly source: SourceName;
	readonly person: number;
	readonly at: number;
	/** For what can be taken back: instants later; null: never. */
	readonly undone: number | null;
}

/** Keeps rows, and returns `<source>:<id>` with its instant for each line they should make. */
export async function keepRows({ db }: Hub, people: readonly { id: string; leadId: string }[], planned: readonly Planned[]) {
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
							...{ sizeBytes: 0, rows: 1, done: 1, tagDays: 0, createdBy: 'staff:u1', createdAt: at, startedAt: at, finishedAt: at },
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
