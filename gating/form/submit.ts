import { and, eq, gt } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError, isUniqueViolation } from '#kernel/errors.ts';
import { hashSecret, newId } from '#kernel/id.ts';

import { askAgain } from '../access/ask.ts';
import { holdGrant, offerGrant } from '../access/grant.ts';
import { recordEvent } from '../event/record.ts';
import { livingPerson, personByMail } from '../identity/person.ts';
import { type IdentityDeps, mailLock, requestHash, resolvePerson, type ResolveOutcome } from '../identity/resolve.ts';
import { sentJustNow } from '../identity/submission.ts';
import { demanded, demandOf } from '../routing/demand.ts';
import { formSubmission } from '../schema.ts';
import { type CheckDeps, checkForm } from './check.ts';
import { followedName, isFollowed } from './follow.ts';
import { type Answers, SAME_REQUEST_MS, type SubmitInput, type SubmitOutcome } from './form.ts';
import { recordSubmitted, submittedEvent } from './submitted.ts';

export type SubmitDeps = CheckDeps & IdentityDeps;

const CONTENT_SUBJECT = /^([a-z_]+):(.+)$/;
/** What can be asked for besides content. */
const PLAIN_SUBJECTS: readonly string[] = ['quote', 'contact', 'demo', 'brochure'];

/**
 * Takes a form: validate, find the person, keep the submission, then open the content (a verified person) or mail a link.
 * Answers of strangers wait for that link. Everything is written in one transaction.
 *
 * @throws DomainError not-found (form, subject), conflict (another request under the same key)
 */
export async function submitForm(deps: SubmitDeps, input: SubmitInput): Promise<SubmitOutcome> {
	const { db, keys, now, random, content } = deps;
	requireSubject(content(), input.subject);
	const checked = await checkForm(deps, input);
	if (checked.status === 'trapped') return { status: 'confirmation-sent', personId: newId(now(), random), setCookies: [] };
	if (checked.status !== 'valid') return checked;
	if (isFollowed(input.subject) && !input.consents.includes('following'))
		return { status: 'invalid', errors: [{ field: 'consents', code: 'required' }] };

	const { answers } = checked;
	const request = { key: requestKey(input), hash: requestHash(keys, { ...input, answers }) };
	const write = db.write(
		async (tx): Promise<SubmitOutcome> => {
			const repeated = (await findRepeat(tx, request)) ?? (await findDoubleClick(deps, tx, input, answers, request));
			if (repeated && isOwn(input, repeated.personId)) return { status: 'granted', personId: repeated.personId };
			if (repeated) {
				const setCookies = await askAgain(tx, repeated.id, input.visitor, now(), random);
				return { status: 'confirmation-sent', personId: repeated.personId, setCookies };
			}
			const isFirst = !(await hasRecent(tx, input, now()));
			const person = await resolvePerson(deps, tx, { ...input, answers, request });
			const settled = await settleRequest(deps, tx, input, person, isFirst);
			const demand = demandOf(input.subject, input.formKey);
			if (demand !== null && person.outcome !== 'quarantine')
				await demanded(tx, deps, { personId: person.personId, demand, origin: `submission:${person.submissionId}` });
			return settled;
		},
		{ locks: mailLock(keys, answers['email'] ?? '') },
	);
	return write.catch((error: unknown) => {
		throw isUniqueViolation(error) ? new DomainError('conflict', 'This Idempotency-Key was used for another request.', { cause: error }) : error;
	});
}

/** Opens the content for a verified person, offers it by mail to anybody else. */
export async function settleRequest(
	deps: SubmitDeps,
	tx: Handle,
	{ subject, formKey, locale, visitor }: Pick<SubmitInput, 'subject' | 'formKey' | 'locale' | 'visitor'>,
	person: ResolveOutcome,
	isFirst: boolean,
): Promise<Extract<SubmitOutcome, { readonly personId: string }>> {
	const { now, random, timeZone } = deps;
	const at = now();
	const { personId } = person;
	const about = { at, personId, visitorId: visitor.visitorId, subject, formKey };
	if (person.isOwn && !isFollowed(subject)) {
		if (CONTENT_SUBJECT.test(subject)) await holdGrant(tx, personId, subject, at, random);
		if (isFirst) await recordEvent(tx, submittedEvent({ ...about, id: person.submissionId }), at, timeZone());
		return { status: 'granted', personId };
	}
	const submission = { id: person.submissionId, hash: person.requestHash };
	const { grantId, setCookies } = await offerGrant(tx, { personId, subject, locale, visitor, submission, isMailed: true }, at, random);
	const row = await livingPerson(tx, personId);
	if (row?.verifiedAt === null) await recordSubmitted(tx, { ...about, id: grantId }, at, timeZone());
	return { status: 'confirmation-sent', personId, setCookies };
}

function requireSubject(content: Snapshot, subject: string): void {
	if (isFollowed(subject) && followedName(content, subject, 'en') !== null) return;
	const [, collection, id] = CONTENT_SUBJECT.exec(subject) ?? [];
	const items = {
		white_papers: content.whitePapers,
		products: content.products,
		webinars: content.webinars,
		cases: content.cases,
		pages: content.pages,
	};
	const isKnown =
		collection === undefined
			? PLAIN_SUBJECTS.includes(subject)
			: Object.hasOwn(items, collection) && items[collection as keyof typeof items].some((item) => item.id === id);
	if (!isKnown) throw new DomainError('not-found', 'What this form asks for is not published.');
}

function isOwn({ visitor, subject }: SubmitInput, personId: string): boolean {
	return !isFollowed(subject) && visitor.isVerified && visitor.personId === personId;
}

function requestKey({ formKey, idempotencyKey }: SubmitInput): string | null {
	return idempotencyKey ? hashSecret(`${formKey}\n${idempotencyKey}`) : null;
}

/** @throws DomainError conflict */
async function findRepeat(tx: Handle, { key, hash }: { readonly key: string | null; readonly hash: string }) {
	if (key === null) return null;
	const [row] = await tx.select().from(formSubmission).where(eq(formSubmission.requestKey, key));
	if (row && row.requestHash !== hash) throw new DomainError('conflict', 'This Idempotency-Key was used for another request.');
	return row ?? null;
}

/** Two presses of the button of a form that gives no key. */
async function findDoubleClick(
	{ keys, now }: SubmitDeps,
	tx: Handle,
	{ formKey, subject }: SubmitInput,
	answers: Answers,
	{ key, hash }: { readonly key: string | null; readonly hash: string },
) {
	const person = key === null ? await personByMail(tx, keys, answers['email'] ?? '') : null;
	return person && sentJustNow(tx, { personId: person.id, formKey, subject, hash }, now());
}

async function hasRecent(tx: Handle, { visitor, subject }: SubmitInput, now: Date): Promise<boolean> {
	if (visitor.personId === null) return false;
	const since = new Date(now.getTime() - SAME_REQUEST_MS);
	const [row] = await tx
		.select({ id: formSubmission.id })
		.from(formSubmission)
		.where(and(eq(formSubmission.personId, visitor.personId), eq(formSubmission.subject, subject), gt(formSubmission.at, since)))
		.limit(1);
	return row !== undefined;
}
