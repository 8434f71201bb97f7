import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { survivingLead } from '../identity/merge.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import { lead, person, type webhookMessage } from '../schema.ts';
import { isWebhookLevel, type WebhookLevel } from './message.ts';

/**
 * The body of a message as it is sent: what happened, by ids and codes, and as much of the lead as the endpoint's level says. Names and mails are
 * read at this moment, so that nobody who was erased since is in it.
 */
export async function bodyOf(
	handle: Handle,
	keys: Keys,
	{ type, at, data, leadId, personId }: typeof webhookMessage.$inferSelect,
	level: string,
): Promise<string> {
	const told = isWebhookLevel(level) && level !== 'thin' ? await leadOf(handle, keys, leadId, personId, level) : null;
	return JSON.stringify({ type, timestamp: at.toISOString(), data: told ? { ...data, lead: told } : data });
}

async function leadOf(handle: Handle, keys: Keys, leadId: string | null, personId: string | null, level: Exclude<WebhookLevel, 'thin'>) {
	const id = leadId === null ? await leadOfPerson(handle, personId) : await survivingLead(handle, leadId);
	const [row] = id === null ? [] : await handle.select({ company: lead.company, mailDomain: lead.mailDomain }).from(lead).where(eq(lead.id, id));
	if (!row || id === null) return null;
	if (level === 'company') return row;
	const people = (await handle.select().from(person).where(eq(person.leadId, id)).orderBy(person.createdAt, person.id)).filter(isLiving);
	return {
		...row,
		people: people.map((one) => {
			const { name = null, email = null, phone = null, jobTitle = null } = openProfile(keys, one);
			return { personId: one.id, name, email, phone, jobTitle };
		}),
	};
}

async function leadOfPerson(handle: Handle, personId: string | null): Promise<string | null> {
	if (personId === null) return null;
	const [row] = await handle.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
	return row?.leadId ?? null;
}
