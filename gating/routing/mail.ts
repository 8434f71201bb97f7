import { eq } from 'drizzle-orm';

import type { Mail } from '#kernel/mailer.ts';
import type { Dropped, OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { MailDeps } from '../access/confirmation-mail.ts';
import { helloOf, type MailContent, mailHtml, mailText } from '../access/mail-layout.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import { handOver, lead } from '../schema.ts';
import { type Addressee, addresseeOf } from '../staff/addressee.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import type { HandOverRow } from './clock.ts';
import { calendarOf } from './follow-up.ts';
import type { HandOverWord } from './give.ts';
import { liveRule } from './rules.ts';

export type HandOverMailDeps = MailDeps & { readonly directory: StaffDirectory };

/**
 * Tells staff of a hand-over, in their language: whoever has the lead, or whoever is named for what waits. What is no longer so when the mail
 * goes is not sent: a reminder after the follow-up, a lead that somebody else has.
 */
export function handOverMailHandler(deps: HandOverMailDeps): OutboxHandler {
	return async ({ id, payload }): Promise<void | Dropped> => {
		const word = String(payload['word']) as HandOverWord;
		const [row] = await deps.db.read
			.select()
			.from(handOver)
			.where(eq(handOver.id, String(payload['handOverId'])));
		const whom = row ? await livingPerson(deps.db.read, row.personId) : null;
		if (!row || !whom) return { dropped: 'erased' };
		if (isStale(row, word)) return { dropped: row.state };
		const { body: rule } = await liveRule(deps.db.read, 'follow-up');
		const isForOwner = word === 'given' || word === 'remind';
		const to = isForOwner ? row.owner : rule.escalateTo;
		if (!to) return { dropped: 'nobody-named' };
		const reader = await addresseeOf(deps.directory, to);
		if ('dropped' in reader) return reader;
		const owner = isForOwner || row.owner === null ? null : await addresseeOf(deps.directory, row.owner);
		const [standing] = await deps.db.read.select().from(lead).where(eq(lead.id, whom.leadId));
		const { timeZone } = calendarOf(rule, to);
		const profile = openProfile(deps.keys, whom);
		const facts = { row, leadId: whom.leadId, company: standing?.company ?? '', name: profile.name ?? '', isProved: whom.verifiedAt !== null };
		const told = { word, timeZone, owner: owner && 'name' in owner ? owner.name : '' };
		await deps.mailer.send(compose(deps, id, reader, facts, told), whom.id);
	};
}

function isStale({ state }: HandOverRow, word: HandOverWord): boolean {
	if (word === 'given') return state === 'undone' || state === 'ended' || state === 'passed-on';
	return word === 'escalate' ? state === 'undone' || state === 'ended' || state === 'followed-up' : state !== 'running';
}

interface Facts {
	readonly row: HandOverRow;
	readonly leadId: string;
	readonly company: string;
	readonly name: string;
	readonly isProved: boolean;
}

function compose(
	{ content, origin }: HandOverMailDeps,
	id: string,
	{ name: reader, email, locale }: Addressee,
	{ row, leadId, company, name, isProved }: Facts,
	{ word, timeZone, owner }: { readonly word: HandOverWord; readonly timeZone: string; readonly owner: string },
): Mail {
	const texts = textsFor(locale);
	const { mail: own } = texts.routing;
	const { brand } = content().site;
	const moment = (at: Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
	const who = company || name || leadId.slice(-6);
	const said = row.demand === '' ? own[word] : own.demand[word];
	const words = {
		who,
		due: moment(row.dueAt),
		owner: owner || own.nobody,
		demand: row.demand === '' ? '' : own.demands[row.demand as keyof typeof own.demands],
	};
	const mail: MailContent = {
		...{ locale, brand, hello: helloOf({ name: reader }, locale), paragraphs: [fill(said.text, words)] },
		facts: [
			{
				title: '',
				rows: [
					...(name ? [[own.facts.name, name] as const] : []),
					...(company ? [[own.facts.company, company] as const] : []),
					...(row.demand === '' ? [] : [[own.facts.demand, words.demand] as const]),
					...(row.demand === '' || isProved ? [] : [[own.facts.address, own.unproved] as const]),
					[own.facts.due, `${moment(row.dueAt)} (${timeZone})`],
				],
			},
		],
		button: { label: own.button, url: `${origin}/console/leads/${leadId}/work`, hint: own.buttonHint },
		notes: [own.stops],
		regards: texts.mail.regards,
		foot: [fill(own.reason, { site: new URL(origin).host, brand })],
	};
	return {
		to: email,
		subject: fill(said.subject, words),
		text: mailText(mail),
		html: mailHtml(mail),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}
