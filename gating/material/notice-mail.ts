import { eq } from 'drizzle-orm';

import { inLocale, type Snapshot } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { Dropped, OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { helloOf, mailHtml, mailText } from '../access/mail-layout.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import type { ContentReference } from '../lead/content-index.ts';
import { lead, ownerNotice } from '../schema.ts';
import { addresseeOf } from '../staff/addressee.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import type { NoticeKind } from './notice.ts';

export interface NoticeMailDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly mailer: Mailer;
	readonly directory: StaffDirectory;
	readonly origin: string;
	readonly content: () => Snapshot;
	readonly contentOf: (subject: string) => ContentReference | null;
}

/** To the owner of a lead, if it still is theirs: what happened, and where to look. */
export function noticeMailHandler({ db, keys, mailer, directory, origin, content, contentOf }: NoticeMailDeps): OutboxHandler {
	return async ({ id, payload }): Promise<void | Dropped> => {
		const [notice] = await db.read
			.select()
			.from(ownerNotice)
			.where(eq(ownerNotice.id, String(payload['noticeId'])));
		const whom = notice && (await livingPerson(db.read, notice.personId));
		if (!notice || !whom) return { dropped: 'erased' };
		const [standing] = await db.read.select({ owner: lead.owner, company: lead.company }).from(lead).where(eq(lead.id, notice.leadId));
		if (standing?.owner !== notice.staffId) return { dropped: 'another-owner' };
		const reader = await addresseeOf(directory, notice.staffId);
		if ('dropped' in reader) return reader;
		const { locale } = reader;
		const texts = textsFor(locale);
		const own = texts.material.mail;
		const shared = contentOf(notice.subject);
		const words = {
			who: openProfile(keys, whom).name ?? standing.company,
			company: standing.company,
			title: shared ? inLocale(shared.title, locale) : '',
		};
		const kind = notice.kind as NoticeKind;
		const { brand } = content().site;
		const mail = {
			...{ locale, brand, hello: helloOf({ name: reader.name }, locale), paragraphs: [fill(own[kind].text, words)] },
			button: { label: own.button, url: `${origin}/console/leads/${notice.leadId}`, hint: own.buttonHint },
			notes: kind === 'opened' ? [own.proves] : [],
			regards: texts.mail.regards,
			foot: [own.foot],
		};
		const messageId = `<${id}@${new URL(origin).hostname}>`;
		const headers = { 'Auto-Submitted': 'auto-generated' };
		await mailer.send(
			{ to: reader.email, subject: fill(own[kind].subject, words), text: mailText(mail), html: mailHtml(mail), messageId, headers },
			whom.id,
		);
		return undefined;
	};
}
