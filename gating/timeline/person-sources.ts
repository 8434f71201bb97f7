import { and, count, desc, eq, inArray, isNotNull, min, ne, notExists, or } from 'drizzle-orm';

import { outbox } from '#kernel/schema.ts';

import { upgrade } from '../event/catalog.ts';
import { consent, event, fileOpening, formSubmission, importBatch, importRow, touchpoint } from '../schema.ts';
import { joined, type Source } from './source.ts';

/** Behaviour, without what stands as a form or as an opened file already. */
const behaviour: Source = {
	name: 'event',
	kind: 'did',
	read: async ({ handle, people, after, limit }) => {
		const sent = handle
			.select({ id: formSubmission.id })
			.from(formSubmission)
			.where(and(eq(formSubmission.personId, event.personId), eq(formSubmission.subject, event.subject)));
		const opened = handle.select({ id: fileOpening.id }).from(fileOpening).where(eq(fileOpening.id, event.id));
		const own = and(or(ne(event.type, 'form.submitted'), notExists(sent)), or(ne(event.type, 'download'), notExists(opened)));
		const rows = await handle
			.select()
			.from(event)
			.where(and(inArray(event.personId, people()), own, after(event.at, event.id)))
			.orderBy(desc(event.at), desc(event.id))
			.limit(limit);
		return rows
			.map((row) => upgrade(row))
			.map(({ id, at, type, personId, subject, props, basis }) => ({ id, at, type, personId, subject, props, basis }));
	},
};

const forms: Source = {
	name: 'form',
	kind: 'form',
	read: async ({ handle, people, after, limit }) => {
		const { id, at, personId, subject, formKey, outcome, appliedAt } = formSubmission;
		const rows = await handle
			.select({ id, at, personId, subject, formKey, outcome, appliedAt })
			.from(formSubmission)
			.where(and(inArray(personId, people()), after(at, id)))
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.map((row) => ({
			...{ id: row.id, at: row.at, type: 'form.submitted', personId: row.personId, subject: row.subject, evidence: `form:${row.formKey}` },
			props: { form: row.formKey, outcome: row.outcome, isProved: row.appliedAt !== null },
		}));
	},
};

const files: Source = {
	name: 'file',
	kind: 'file',
	read: async ({ handle, people, after, limit }) => {
		const rows = await handle
			.select()
			.from(fileOpening)
			.where(and(inArray(fileOpening.personId, people()), after(fileOpening.at, fileOpening.id)))
			.orderBy(desc(fileOpening.at), desc(fileOpening.id))
			.limit(limit);
		return rows.map(({ id, at, personId, subject, documentId, locale }) => ({
			...{ id, at, type: 'download', personId, subject, evidence: 'opened' },
			props: { ...(documentId === '' ? {} : { documentId }), ...(locale === '' ? {} : { locale }) },
		}));
	},
};

/** Mails to the person that went, were dropped or failed, as long as the outbox keeps them: what kind and how it ended, never what they said. */
const mails: Source = {
	name: 'mail',
	kind: 'mail',
	read: async ({ handle, people, after, limit }) => {
		const { id, kind, state, personId, payload, settledAt } = outbox;
		const rows = await handle
			.select({ id, kind, state, personId, payload, settledAt })
			.from(outbox)
			.where(and(inArray(personId, people()), inArray(state, ['done', 'dropped', 'dead']), isNotNull(settledAt), after(settledAt, id)))
			.orderBy(desc(settledAt), desc(id))
			.limit(limit);
		return rows.flatMap((row) => {
			const template = row.payload['template'];
			const props = { state: row.state, ...(typeof template === 'string' ? { template } : {}) };
			return row.settledAt ? { id: row.id, at: row.settledAt, type: row.kind, personId: row.personId, props } : [];
		});
	},
};

const touches: Source = {
	name: 'touch',
	kind: 'touch',
	read: async ({ handle, people, after, limit }) => {
		const { id, at, personId, kind, channel, subject } = touchpoint;
		const rows = await handle
			.select({ id, at, personId, kind, channel, subject })
			.from(touchpoint)
			.where(and(inArray(personId, people()), after(at, id)))
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.map((row) => ({
			...{ id: row.id, at: row.at, type: row.kind, personId: row.personId, subject: row.subject, evidence: `channel:${row.channel}` },
			props: { channel: row.channel },
		}));
	},
};

const consents: Source = {
	name: 'consent',
	kind: 'consent',
	read: async ({ handle, people, after, limit }) => {
		const rows = await handle
			.select()
			.from(consent)
			.where(and(inArray(consent.personId, people()), after(consent.at, consent.id)))
			.orderBy(desc(consent.at), desc(consent.id))
			.limit(limit);
		return rows.map(({ id, at, personId, purpose, given, how }) => ({
			...{ id, at, type: given ? 'given' : 'withdrawn', personId, evidence: `consent:${purpose}` },
			props: { purpose, how },
		}));
	},
};

/** A list that somebody stands in, once however many rows name them. An import that was taken back is not here any more. */
const imports: Source = {
	name: 'import',
	kind: 'import',
	read: async ({ handle, people, after, limit }) => {
		const id = joined(importBatch.id, importRow.personId);
		const rows = await handle
			.select({
				id,
				at: importBatch.startedAt,
				personId: importRow.personId,
				importId: importBatch.id,
				name: importBatch.name,
				rows: count(),
				match: min(importRow.match),
			})
			.from(importRow)
			.innerJoin(importBatch, eq(importBatch.id, importRow.importId))
			.where(and(inArray(importRow.personId, people()), after(importBatch.startedAt, id)))
			.groupBy(importBatch.id, importRow.personId, importBatch.startedAt, importBatch.name)
			.orderBy(desc(importBatch.startedAt), desc(id))
			.limit(limit);
		return rows.flatMap((row) => {
			const { at, personId, importId, name } = row;
			const props = { name, rows: row.rows, match: row.match ?? '' };
			return at ? { id: row.id, at, type: 'import', personId, evidence: `import:${importId}`, props } : [];
		});
	},
};

/** What the person did, was sent, and said. */
export const PERSON_SOURCES: readonly Source[] = [behaviour, forms, files, mails, touches, consents, imports];
