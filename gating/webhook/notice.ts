import { eq } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Mailer } from '#kernel/mailer.ts';
import { enqueue, type OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { mailHtml, mailText } from '../access/mail-layout.ts';
import { webhookEndpoint } from '../schema.ts';

export const WEBHOOK_NOTICE = 'gating.webhook-notice';

/** Orders a mail to the company: an endpoint was switched off. */
export async function orderNotice(tx: Handle, endpointId: string, state: 'failing' | 'gone', now: Date, random: Random): Promise<void> {
	const row = { kind: WEBHOOK_NOTICE, key: `${WEBHOOK_NOTICE}:${endpointId}:${now.getTime()}`, payload: { endpointId, state }, dueAt: now };
	await enqueue(tx, row, now, random);
}

export interface NoticeDeps {
	readonly db: Database;
	readonly mailer: Mailer;
	readonly origin: string;
	readonly content: () => Snapshot;
}

/** To the company's own address: which endpoint, why, and where to look. */
export function noticeHandler({ db, mailer, origin, content }: NoticeDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const [endpoint] = await db.read
			.select()
			.from(webhookEndpoint)
			.where(eq(webhookEndpoint.id, String(payload['endpointId'])));
		if (!endpoint) return;
		const { site } = content();
		const { mail } = textsFor('en').webhook;
		const state = payload['state'] === 'gone' ? 'gone' : 'failing';
		const words = {
			...{ locale: 'en' as const, brand: site.brand, hello: mail.hello, regards: mail.regards, foot: [mail.foot], notes: [] },
			paragraphs: [fill(mail[state], { name: endpoint.name, host: new URL(endpoint.url).host }), mail.kept],
			button: { label: mail.button, url: `${origin}/console/webhooks/${endpoint.id}`, hint: mail.buttonHint },
		};
		const subject = fill(mail.subject, { name: endpoint.name });
		const messageId = `<${id}@${new URL(origin).hostname}>`;
		await mailer.send({ to: site.contactEmail, subject, text: mailText(words), html: mailHtml(words), messageId }, null);
	};
}
