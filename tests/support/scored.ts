import { eq } from 'drizzle-orm';

import type { Snapshot, WhitePaper } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail } from '#kernel/mailer.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { createTestDatabase } from '#tests/support/database.ts';

import { createEvents } from '../../gating/event/create-events.ts';
import type { ServerEvent } from '../../gating/event/record.ts';
import { ensureLead } from '../../gating/identity/lead.ts';
import { sealProfile, writeLookups } from '../../gating/identity/person.ts';
import type { Profile } from '../../gating/identity/profile.ts';
import { createLeads } from '../../gating/lead/create-leads.ts';
import { createWork } from '../../gating/lifecycle/create-work.ts';
import type { Reader } from '../../gating/lead/reader.ts';
import { lead, person, staffMember } from '../../gating/schema.ts';
import { createRouting } from '../../gating/routing/create-routing.ts';
import { createScoring } from '../../gating/scoring/create-scoring.ts';
import type { StaffRole } from '../../gating/staff/can.ts';

const keys = createKeys([{ id: 'k', key: Buffer.alloc(32, 7) }], systemRandom);
const paper = { type: 'white_papers', id: 'w1', slug: 'servo', title: { en: 'Choosing servo motors', 'zh-CN': '伺服电机选型' } } as WhitePaper;
const snapshot = {
	whitePapers: [paper],
	cases: [],
	articles: [],
	products: [],
	webinars: [],
	pages: [],
	offers: [],
	terms: [],
	site: { brand: 'Halden Drives', competitorDomains: [] },
} as unknown as Snapshot;

export const mara: Reader = { actor: 'staff:u1', origin: '192.0.2.0', seesPeople: true };
/** Sees no people. */
export const analyst: Reader = { ...mara, actor: 'staff:u2', seesPeople: false };
/** Fits well: 50 points. */
export const engineer: Profile = {
	name: 'Anna Keller',
	email: 'anna.keller@bottling.example',
	company: 'Bottling AG',
	jobTitle: 'Senior design engineer',
	region: 'Bern',
	industry: 'packaging',
};

/** Events, scores and leads on a real database with the model that ships, at 9 o'clock in Zurich. `handsOver`: the hand-over standard is at work. */
export async function createScoredHub({ handsOver = false }: { readonly handsOver?: boolean } = {}) {
	const database = await createTestDatabase();
	const { db } = database;
	const clock = { at: new Date('2026-03-02T08:00:00Z') };
	const deps = { db, keys, now: () => clock.at, random: systemRandom, timeZone: () => 'Europe/Zurich', content: () => snapshot };
	const events = createEvents(deps);
	const mails: Mail[] = [];
	/** Staff accounts: who is not here is gone. */
	const accounts = new Map<string, { readonly language: string | null }>();
	const routing = createRouting({
		...deps,
		origin: 'https://hub.example',
		mailer: { send: async (mail) => void mails.push(mail), check: async () => 'ok', close: async () => undefined },
		directory: {
			signIn: async () => ({ status: 'refused' }),
			check: async (id) => {
				const account = accounts.get(id);
				return account ? { status: 'active', role: 'sales', name: id, email: `${id}@hub.example`, ...account } : { status: 'gone' };
			},
		},
	});
	const scoring = createScoring(handsOver ? { ...deps, judged: routing.judged } : deps);
	const outbox = createOutbox({ db, now: () => clock.at, random: systemRandom, log: createLog('silent'), handlers: routing.handlers });
	await scoring.start();

	return {
		db,
		clock,
		content: deps.content,
		keys,
		scoring,
		leads: createLeads({ ...deps, scoring }),
		routing,
		/** What was sent to staff; {@link deliver} sends what is due. */
		mails,
		deliver: () => outbox.runDue(),
		accounts,
		/** Somebody who signed in once. */
		aStaff: (id: string, role: StaffRole = 'sales', language: string | null = null): Promise<unknown> => {
			accounts.set(id, { language });
			return db.write((tx) => tx.insert(staffMember).values({ id, name: id, role, seenAt: clock.at }));
		},
		work: createWork({ ...deps, scoring, routing }),
		close: () => database.close(),
		/** The same scoring on another database object, as another process would have it. */
		scoringOn: (other: Database) => createScoring({ ...deps, db: other }),
		/** Makes a person, in a lead of their own or in that one. Returns the lead's id. */
		aPerson: (id: string, profile: Profile, intoLead: string | null = null): Promise<string> =>
			db.write(async (tx) => {
				const dataKey = keys.newDataKey();
				const leadId = await ensureLead(
					tx,
					intoLead,
					{ company: profile.company ?? '', mailDomain: profile.email?.split('@')[1] ?? '' },
					clock.at,
					systemRandom,
				);
				await tx.insert(person).values({
					id,
					leadId,
					firstLeadId: leadId,
					dataKey,
					profile: sealProfile(keys, dataKey, profile),
					locale: 'en',
					timeZone: 'UTC',
					createdAt: clock.at,
				});
				await writeLookups(tx, keys, id, profile);
				return leadId;
			}),
		/** Records a download, or what `over` says. */
		did: (id: string, personId: string, over: Partial<ServerEvent> = {}) =>
			db.write((tx) =>
				events.record(tx, {
					id,
					type: 'download',
					at: clock.at,
					personId,
					visitorId: null,
					subject: 'white_papers:w1',
					props: {},
					...over,
				} as ServerEvent),
			),
		rowOf: async (leadId: string) => (await db.read.select().from(lead).where(eq(lead.id, leadId)))[0],
	};
}

export type ScoredHub = Awaited<ReturnType<typeof createScoredHub>>;
