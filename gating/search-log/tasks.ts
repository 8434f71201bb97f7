import { and, desc, eq, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { isStorable } from '../event/props.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { staffMember } from '../schema.ts';
import { searchTask, searchWords } from './schema.ts';

/** Something to write because it was looked for and not found. */
export interface SearchTask {
	readonly id: string;
	readonly wordsId: string;
	readonly locale: string;
	readonly words: string;
	/** Id of a member of staff. */
	readonly assignee: string;
	readonly note: string;
	readonly createdAt: Date;
	/** Null while it is open. */
	readonly doneAt: Date | null;
}

export interface SearchTasks {
	/** Open ones first, the newest first; of the done ones the last hundred. */
	list(): Promise<readonly SearchTask[]>;
	/** Asks somebody to write about a query; the one that is open for it is handed over instead of made twice. Returns its id. @throws DomainError invalid, not-found */
	add(input: { readonly wordsId: string; readonly assignee: string; readonly note: string }, by: Reader): Promise<string>;
	/** Closes it, or opens it again. @throws DomainError not-found */
	settle(id: string, isDone: boolean, by: Reader): Promise<void>;
}

const LONGEST_NOTE = 500;
const MOST_DONE = 100;

export function createSearchTasks({ db, now, random }: { readonly db: Database; readonly now: Now; readonly random: Random }): SearchTasks {
	return Object.freeze<SearchTasks>({
		list: async () => {
			const rows = await db.read.select().from(searchTask).orderBy(desc(searchTask.createdAt), desc(searchTask.id));
			const tasks = rows.map(({ createdBy: _by, doneBy: _done, ...task }) => task);
			return [...tasks.filter(({ doneAt }) => doneAt === null), ...tasks.filter(({ doneAt }) => doneAt !== null).slice(0, MOST_DONE)];
		},
		add: ({ wordsId, assignee, note }, by) =>
			db.write(async (tx) => {
				const text = note.trim();
				if (text.length > LONGEST_NOTE || !isStorable(text)) throw invalid('note', 'too-long');
				const [kept] = await tx.select().from(searchWords).where(eq(searchWords.id, wordsId));
				if (!kept?.words) throw new DomainError('not-found', 'There is no such query.');
				if ((await tx.$count(staffMember, eq(staffMember.id, assignee))) === 0) throw invalid('assignee', 'choice');
				const [open] = await tx
					.select({ id: searchTask.id })
					.from(searchTask)
					.where(and(eq(searchTask.wordsId, wordsId), isNull(searchTask.doneAt)));
				const id = open?.id ?? newId(now(), random);
				const { locale, words } = kept;
				if (open) await tx.update(searchTask).set({ assignee, note: text }).where(eq(searchTask.id, id));
				else
					await tx.insert(searchTask).values({
						...{ id, wordsId, locale, words, assignee, note: text, createdBy: by.actor, createdAt: now(), doneBy: null, doneAt: null },
					});
				await recordAudit(tx, { ...whoOf(by), action: 'search.task', subject: `search-task:${id}`, detail: { assignee } }, now(), random);
				return id;
			}),
		settle: (id, isDone, by) =>
			db.write(async (tx) => {
				const settled = isDone ? { doneBy: by.actor, doneAt: now() } : { doneBy: null, doneAt: null };
				const changed = await tx.update(searchTask).set(settled).where(eq(searchTask.id, id)).returning({ id: searchTask.id });
				if (changed.length === 0) throw new DomainError('not-found', 'There is no such task.');
				await recordAudit(tx, { ...whoOf(by), action: 'search.task-settle', subject: `search-task:${id}`, detail: { isDone } }, now(), random);
			}),
	});
}

const invalid = (field: string, code: string): DomainError => new DomainError('invalid', 'The task does not fit.', { fields: [{ field, code }] });
