import { and, count, desc, eq, gt, inArray, isNull, max } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import { HOUR_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { hasObjected } from '../consent/ledger.ts';
import { createBotTest } from '../event/bot.ts';
import { survivingLead } from '../identity/merge.ts';
import { isLiving, livingPerson, openProfile } from '../identity/person.ts';
import { whoOf } from '../lead/reader.ts';
import type { Agent } from '../lifecycle/agent.ts';
import { personIn, requireLead, type WorkDeps } from '../lifecycle/log.ts';
import { materialOpening, materialShare, noticeChoice, ownerNotice, person, staffMember } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { NOTICE_KINDS, NOTICE_MAIL, type NoticeKind, tellOwner } from './notice.ts';
import { noticeMailHandler, type NoticeMailDeps } from './notice-mail.ts';

/** Openings of one link within this count as one. */
const ONE_VISIT_MS = HOUR_MS;

export interface ShareView {
	readonly id: string;
	readonly subject: string;
	readonly locale: Locale;
	/** The link's token; '' once revoked. */
	readonly token: string;
	readonly by: string;
	readonly at: Date;
	readonly revokedAt: Date | null;
	readonly openings: number;
	readonly lastOpenedAt: Date | null;
}

export interface OwnerNotice {
	readonly id: string;
	readonly kind: NoticeKind;
	readonly leadId: string;
	/** Of somebody of the lead; null without one. */
	readonly name: string | null;
	readonly subject: string;
	readonly at: Date;
}

/** Who sends what, as the page of a link says it. */
export interface SharedMaterial {
	readonly shareId: string;
	readonly subject: string;
	readonly locale: Locale;
	/** The name of who shared it; '' when they left. */
	readonly sender: string;
}

/** Published material that sales hands on, and what owners are told of their leads. */
export interface Material {
	readonly kinds: typeof NOTICE_KINDS;
	/** Makes a personal link to published content. Returns its id. @throws DomainError not-found, forbidden, conflict, invalid */
	share(
		leadId: string,
		input: { readonly subject: string; readonly locale: Locale; readonly personId?: string | undefined },
		agent: Agent,
	): Promise<string>;
	/** From now on the link opens nothing. @throws DomainError not-found */
	revoke(shareId: string, agent: Agent): Promise<void>;
	/** What was shared with the people of a lead, newest first. */
	ofLead(leadId: string): Promise<readonly ShareView[]>;
	/** What a link is about. Changes nothing, however often scanners fetch it. Null when forged, revoked, unpublished, or its person was erased. */
	peek(token: string): Promise<SharedMaterial | null>;
	/**
	 * A human being pressed the page's button: counts once an hour, proves nobody, gives no right, and tells the lead's owner. Robots, and links of
	 * who objected to profiling, open but do not count. Null as for {@link Material.peek}.
	 */
	open(token: string, userAgent: string): Promise<SharedMaterial | null>;
	/** What a member of staff was told and has not put away, newest first. */
	notices(staffId: string): Promise<readonly OwnerNotice[]>;
	/** Puts all of them away. */
	seen(staffId: string): Promise<void>;
	/** Kinds that come without mail. */
	muted(staffId: string): Promise<readonly string[]>;
	mute(staffId: string, kinds: readonly string[]): Promise<void>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type MaterialDeps = WorkDeps & NoticeMailDeps;

export function createMaterial(deps: MaterialDeps): Material {
	const { db, keys, now, random, contentOf } = deps;
	const isBot = createBotTest();

	const peek: Material['peek'] = async (token) => {
		const read = readToken(keys, 'material', token, now());
		if (read.status !== 'valid') return null;
		const [row] = await db.read.select().from(materialShare).where(eq(materialShare.id, read.subject));
		if (!row || row.revokedAt !== null || contentOf(row.subject) === null || !(await livingPerson(db.read, row.personId))) return null;
		const [sender] = await db.read
			.select({ name: staffMember.name })
			.from(staffMember)
			.where(eq(staffMember.id, row.by.replace(/^staff:/, '')));
		return { shareId: row.id, subject: row.subject, locale: row.locale as Locale, sender: sender?.name ?? '' };
	};

	const countOpening = async (shareId: string): Promise<void> => {
		await db.write(async (tx) => {
			const at = now();
			const [row] = await tx
				.select({ personId: materialShare.personId, subject: materialShare.subject, leadId: person.leadId })
				.from(materialShare)
				.innerJoin(person, eq(person.id, materialShare.personId))
				.where(eq(materialShare.id, shareId));
			if (!row || (await hasObjected(tx, row.personId, 'profiling'))) return;
			const recent = and(eq(materialOpening.shareId, shareId), gt(materialOpening.at, new Date(at.getTime() - ONE_VISIT_MS)));
			if ((await tx.$count(materialOpening, recent)) > 0) return;
			await tx.insert(materialOpening).values({ id: newId(at, random), shareId, personId: row.personId, at });
			const { leadId, subject } = row;
			await announce(tx, { type: 'material.opened', leadId, data: { shareId, subject } }, at, random);
			await tellOwner(tx, { leadId, kind: 'opened', subject }, at, random);
		});
	};

	return Object.freeze<Material>({
		kinds: NOTICE_KINDS,
		share: async (leadId, { subject, locale, personId }, agent) => {
			if (contentOf(subject) === null) throw new DomainError('invalid', 'This is not published.', { fields: [{ field: 'subject', code: 'choice' }] });
			return db.write(async (tx) => {
				const at = now();
				const { row, people } = await requireLead(tx, leadId, agent);
				const id = newId(at, random);
				await tx.insert(materialShare).values({ id, personId: personIn(people, personId).id, subject, locale, by: agent.actor, at, revokedAt: null });
				const detail = { share: id, subject };
				await recordAudit(tx, { ...whoOf(agent), action: 'material.share', subject: `lead:${row.id}`, detail }, at, random);
				return id;
			});
		},
		revoke: async (shareId, agent) => {
			await db.write(async (tx) => {
				const at = now();
				const gone = await tx
					.update(materialShare)
					.set({ revokedAt: at })
					.where(and(eq(materialShare.id, shareId), isNull(materialShare.revokedAt)))
					.returning({ id: materialShare.id });
				if (gone.length === 0) throw new DomainError('not-found', 'There is no such link, or it was taken back.');
				await recordAudit(tx, { ...whoOf(agent), action: 'material.revoke', subject: `share:${shareId}`, detail: {} }, at, random);
			});
		},
		ofLead: async (askedId) => {
			const leadId = (await survivingLead(db.read, askedId)) ?? '';
			const people = db.read.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
			const rows = await db.read
				.select()
				.from(materialShare)
				.where(inArray(materialShare.personId, people))
				.orderBy(desc(materialShare.at), desc(materialShare.id))
				.limit(100);
			const opened = await db.read
				.select({ shareId: materialOpening.shareId, n: count(), last: max(materialOpening.at) })
				.from(materialOpening)
				.where(inArray(materialOpening.personId, people))
				.groupBy(materialOpening.shareId);
			const byShare = new Map(opened.map((one) => [one.shareId, one]));
			return rows.map(({ id, subject, locale, by, at, revokedAt }) => ({
				...{
					id,
					subject,
					locale: locale as Locale,
					by,
					at,
					revokedAt,
					openings: byShare.get(id)?.n ?? 0,
					lastOpenedAt: byShare.get(id)?.last ?? null,
				},
				token: revokedAt === null ? signToken(keys, 'material', id, null) : '',
			}));
		},
		peek,
		open: async (token, userAgent) => {
			const found = await peek(token);
			if (found && !isBot(userAgent)) await countOpening(found.shareId);
			return found;
		},
		notices: async (staffId) => {
			const { id, kind, leadId, subject, at } = ownerNotice;
			const rows = await db.read
				.select({ id, kind, leadId, subject, at, person })
				.from(ownerNotice)
				.innerJoin(person, eq(person.id, ownerNotice.personId))
				.where(and(eq(ownerNotice.staffId, staffId), isNull(ownerNotice.seenAt)))
				.orderBy(desc(at))
				.limit(50);
			return rows.map(({ person: whom, ...row }) => ({
				...row,
				kind: row.kind as NoticeKind,
				name: (isLiving(whom) && openProfile(keys, whom).name) || null,
			}));
		},
		seen: (staffId) =>
			db.write(async (tx) => {
				await tx
					.update(ownerNotice)
					.set({ seenAt: now() })
					.where(and(eq(ownerNotice.staffId, staffId), isNull(ownerNotice.seenAt)));
			}),
		muted: async (staffId) => {
			const [row] = await db.read.select({ muted: noticeChoice.muted }).from(noticeChoice).where(eq(noticeChoice.staffId, staffId));
			return row?.muted ?? [];
		},
		mute: (staffId, kinds) =>
			db.write(async (tx) => {
				const muted = NOTICE_KINDS.filter((kind) => kinds.includes(kind));
				await tx.insert(noticeChoice).values({ staffId, muted }).onConflictDoUpdate({ target: noticeChoice.staffId, set: { muted } });
			}),
		handlers: { [NOTICE_MAIL]: noticeMailHandler(deps) },
	});
}
