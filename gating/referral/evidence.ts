import { aliasedTable, and, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { isFreeMail } from '../cleaning/mail.ts';
import { formSubmission, invitation, invitationReview, lead, person, personLookup, submissionArrival, visitor } from '../schema.ts';
import type { Evidence, Party } from './judge.ts';
import type { ProgrammeRow } from './programme.ts';

const KEY_KINDS = ['mailbox', 'phone'];
/** Ids in one statement. */
const CHUNK = 500;

/** Everything that decides what counts in a programme, as it stands. */
export async function evidenceOf(handle: Handle, programme: ProgrammeRow): Promise<Evidence> {
	const invitations = await handle
		.select({ id: invitation.id, personId: invitation.personId })
		.from(invitation)
		.where(eq(invitation.programmeId, programme.id));
	const comings = await comingsOf(handle, programme);
	const personIds = [...new Set([...invitations, ...comings].map(({ personId }) => personId))];
	const parties = await partiesOf(handle, personIds);
	return {
		invitations,
		comings,
		parties,
		proved: await provedOf(handle, parties),
		edges: comings.length === 0 ? [] : await edgesOf(handle),
		decisions: await handle
			.select({ invitationId: invitationReview.invitationId, personId: invitationReview.personId, decision: invitationReview.decision })
			.from(invitationReview)
			.innerJoin(invitation, eq(invitation.id, invitationReview.invitationId))
			.where(eq(invitation.programmeId, programme.id)),
	};
}

/** Forms for the programme's paper or webinar that came by its links while it ran. */
async function comingsOf(handle: Handle, { id, subject, startsAt, endsAt }: ProgrammeRow) {
	const { submissionId, personId, visitorId, senderId, network, at } = submissionArrival;
	return handle
		.select({ id: submissionId, invitationId: invitation.id, personId, visitorId, senderId, network, at, provedAt: formSubmission.appliedAt })
		.from(submissionArrival)
		.innerJoin(invitation, eq(invitation.id, submissionArrival.sourceId))
		.innerJoin(formSubmission, eq(formSubmission.id, submissionId))
		.where(
			and(eq(invitation.programmeId, id), eq(submissionArrival.subject, subject), gte(at, startsAt), endsAt === null ? undefined : lt(at, endsAt)),
		);
}

async function partiesOf(handle: Handle, personIds: readonly string[]): Promise<Party[]> {
	const rows = await inChunks(personIds, (ids) =>
		handle
			.select({ personId: person.id, leadId: person.leadId, domain: lead.mailDomain })
			.from(person)
			.innerJoin(lead, eq(lead.id, person.firstLeadId))
			.where(inArray(person.id, ids)),
	);
	const keys = await inChunks(personIds, (ids) =>
		handle
			.select({ personId: personLookup.personId, kind: personLookup.kind, hash: personLookup.hash })
			.from(personLookup)
			.where(and(inArray(personLookup.personId, ids), inArray(personLookup.kind, KEY_KINDS))),
	);
	const browsers = await inChunks(personIds, (ids) =>
		handle.select({ id: visitor.id, personId: visitor.personId }).from(visitor).where(inArray(visitor.personId, ids)),
	);
	const [keysBy, browsersBy] = [Map.groupBy(keys, ({ personId }) => personId), Map.groupBy(browsers, ({ personId }) => personId)];
	return rows.map(({ personId, leadId, domain }) => {
		const isFree = domain !== '' && isFreeMail(`@${domain}`);
		return {
			personId,
			leadId,
			keys: (keysBy.get(personId) ?? []).map(({ kind, hash }) => `${kind}:${hash}`),
			company: isFree ? '' : domain,
			freeDomain: isFree ? domain : '',
			browsers: (browsersBy.get(personId) ?? []).map(({ id }) => id),
		};
	});
}

/** Everybody proved who is one lead with a party, or has a mailbox or phone in common with one. */
async function provedOf(handle: Handle, parties: readonly Party[]): Promise<Evidence['proved']> {
	const columns = { personId: person.id, leadId: person.leadId, at: person.verifiedAt };
	const sameLead = await inChunks([...new Set(parties.map(({ leadId }) => leadId))], (ids) =>
		handle
			.select(columns)
			.from(person)
			.where(and(inArray(person.leadId, ids), isNotNull(person.verifiedAt))),
	);
	const own = aliasedTable(personLookup, 'own');
	const sharing = await inChunks(
		parties.map(({ personId }) => personId),
		(ids) =>
			handle
				.select({ ...columns, kind: personLookup.kind, hash: personLookup.hash })
				.from(own)
				.innerJoin(personLookup, and(eq(personLookup.kind, own.kind), eq(personLookup.hash, own.hash)))
				.innerJoin(person, eq(person.id, personLookup.personId))
				.where(and(inArray(own.personId, ids), inArray(own.kind, KEY_KINDS), isNotNull(person.verifiedAt))),
	);
	const keys = Map.groupBy(sharing, ({ personId }) => personId);
	const all = new Map([...sameLead, ...sharing].map((row) => [row.personId, row]));
	return [...all.values()].flatMap(({ personId, leadId, at }) =>
		at === null ? [] : [{ personId, leadId, at, keys: [...new Set((keys.get(personId) ?? []).map(({ kind, hash }) => `${kind}:${hash}`))] }],
	);
}

/** Who came by whom, over all programmes: forms that were proved. */
async function edgesOf(handle: Handle): Promise<Evidence['edges']> {
	// The renamed table comes first: joined, PostgreSQL's dialect would take the new name for a table's.
	const inviter = aliasedTable(person, 'inviter');
	return handle
		.selectDistinct({ from: invitation.personId, to: person.id, fromLead: inviter.leadId, toLead: person.leadId })
		.from(inviter)
		.innerJoin(invitation, eq(invitation.personId, inviter.id))
		.innerJoin(submissionArrival, eq(submissionArrival.sourceId, invitation.id))
		.innerJoin(formSubmission, eq(formSubmission.id, submissionArrival.submissionId))
		.innerJoin(person, eq(person.id, submissionArrival.personId))
		.where(isNotNull(formSubmission.appliedAt));
}

async function inChunks<T>(ids: readonly string[], read: (ids: string[]) => Promise<T[]>): Promise<T[]> {
	const found: T[] = [];
	for (let from = 0; from < ids.length; from += CHUNK) found.push(...(await read(ids.slice(from, from + CHUNK))));
	return found;
}
