import { and, eq, inArray, lt, ne, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { Composer } from '../message/message.ts';
import { mailingRecipient, message, person } from '../schema.ts';
import { addresseeOf } from '../staff/addressee.ts';
import { mailingById, type MailingDeps, type MailingRow } from './deps.ts';
import type { Variant } from './mailing.ts';
import type { TemplateUse } from './templates.ts';

/** Kind of the outbox rows that send a mailing to the member of staff who tries it. */
export const TRY_MAIL = 'mailing.try';

/** What a variant of a mailing is written with. */
export function useOf(row: MailingRow, variant: Variant): TemplateUse {
	if (variant !== 'b') return { template: row.template };
	return row.trial === 'template'
		? { template: row.templateB }
		: { template: row.template, subject: { en: row.subjectBEn, 'zh-CN': row.subjectBZh } };
}

/** Writes a mailing's message at its delivery; none for a mailing that was held or stopped, and one for two people who turned out to be one. */
export function mailingComposer({ db, templates }: MailingDeps): Composer {
	return async (outgoing) => {
		const row = await mailingById(db.read, outgoing.params['mailing'] ?? '');
		if (!row || row.state === 'stopped' || row.state === 'paused') return { dropped: 'stopped' };
		if (await hasTwin(db.read, outgoing.params['run'] ?? '', outgoing)) return { dropped: 'merged' };
		return templates.compose(outgoing, useOf(row, (outgoing.params['variant'] ?? '') as Variant));
	};
}

/** Whether somebody of the same lead has this run's mail, or is about to get it before this one. */
async function hasTwin(handle: Handle, runId: string, { id, personId }: { readonly id: string; readonly personId: string }): Promise<boolean> {
	const own = handle.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
	const twins = await handle
		.select({ id: message.id })
		.from(mailingRecipient)
		.innerJoin(person, eq(person.id, mailingRecipient.personId))
		.innerJoin(message, eq(message.key, mailingRecipient.messageKey))
		.where(
			and(
				eq(mailingRecipient.runId, runId),
				inArray(person.leadId, own),
				ne(mailingRecipient.personId, personId),
				or(eq(message.state, 'sent'), and(inArray(message.state, ['waiting', 'deferred', 'sending']), lt(message.id, id))),
			),
		)
		.limit(1);
	return twins.length > 0;
}

/** To who tries it, as somebody would get it or as a stranger would. */
export function tryMailHandler({ db, directory, templates, mailer, origin }: MailingDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const row = await mailingById(db.read, String(payload['mailingId']));
		if (!row) return { dropped: 'gone' };
		const reader = await addresseeOf(directory, String(payload['staffId']));
		if ('dropped' in reader) return reader;
		const personId = payload['personId'] ? String(payload['personId']) : null;
		const locale = payload['locale'] === 'zh-CN' ? 'zh-CN' : 'en';
		const mail = await templates.preview(useOf(row, payload['variant'] === 'b' ? 'b' : 'a'), personId, locale);
		if (!mail) return { dropped: 'no-template' };
		const { subject, text, html } = mail;
		const messageId = `<${id}@${new URL(origin).hostname}>`;
		await mailer.send({ to: reader.email, subject: `[${textsFor(locale).mailing.tried}] ${subject}`, text, html, messageId }, personId);
		return undefined;
	};
}
