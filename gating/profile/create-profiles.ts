import { eq, inArray } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { MINUTE_MS, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';
import { createRecentOwned } from '#kernel/recent.ts';

import { consentsOf } from '../consent/ledger.ts';
import type { Events } from '../event/create-events.ts';
import type { Ingest } from '../event/ingest.ts';
import type { Visitor } from '../identity/visitor.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import type { Segments } from '../tag/create-segments.ts';
import { person, slotImpression, visitor as visitors } from '../schema.ts';
import { createImpressions, type SlotShown } from './impressions.ts';
import { load, type Loaded, type ProfileOf } from './load.ts';
import { buyerStage, carryShown, isBlank, learn, type Profile } from './profile.ts';
import { createShowings } from './showings.ts';
import { termsIn } from './terms.ts';

export interface ProfilesDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly log: Log;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	readonly segments: Pick<Segments, 'ofLead'>;
	readonly events: Events;
}

/** What personalisation knows of visitors. */
export interface Profiles {
	/** Null: without consent, after an objection, or nobody is known; they get the editors' order. */
	of(visitor: Visitor): Promise<Profile | null>;
	/** Grows when {@link Profiles.of} may answer something else; -1 while that has to be found out. From memory. */
	revision(visitor: Visitor): number;
	/** For what is sent to a person: null unless they agreed to personalisation. */
	ofPerson(personId: string): Promise<Profile | null>;
	/** What would be known of this lead if they sat there, by its newest proved person; null when there is nobody. For staff. */
	ofLead(leadId: string): Promise<Profile | null>;
	/** What a piece is about, by `topic:<slug>`, `industry:<slug>`, `line:<slug>`; `subject` is `<type>:<id>`. */
	about(subject: string): readonly string[];
	/**
	 * Counts pages that show these pieces: for caps at once, and where they agreed to be measured for reports. Call what it returns for each
	 * page that goes out: it costs an addition.
	 */
	showing(visitor: Visitor, list: readonly SlotShown[], isControl: boolean): () => void;
	/** What a browser was shown, as far as it is written. */
	impressionsOf(visitorId: string): Promise<readonly (typeof slotImpression.$inferSelect)[]>;
	/** Writes impressions that wait. */
	flush(): Promise<void>;
}

interface Kept extends Loaded {
	/** Ids of the browser and the person. */
	readonly owners: readonly string[];
	readonly untilMs: number;
	/** Something of its owners changed: it is read anew. */
	isGone: boolean;
	revision: number;
	profile: Profile | null;
}

/** What somebody did, as far as profiles learn from it. */
export interface Heard {
	readonly personId: string;
	readonly visitorId: string | null;
	readonly type: string;
	readonly subject: string;
	readonly props?: unknown;
}

/** Active visitors; each takes under 4 KB. */
const KEPT = 40_000;
/** What the hub saw itself, and other processes, is read anew so often. */
const FRESH_MS = 5 * MINUTE_MS;
/** Impressions of one visitor add up meanwhile, so that many pages are one row. */
const FLUSH_MS = MINUTE_MS;

export interface ProfilesPart {
	readonly profiles: {
		/** Events are taken as before, and learnt from. */
		readonly parts: { readonly profiles: Profiles; readonly events: Events };
		readonly personalData: PersonalDataSource;
		start(): void;
		stop(): Promise<void>;
	};
	/** What the hub saw itself is learnt from in every browser where the person sits, and in the one that it happened in. From memory. */
	heard(act: Heard): void;
}

export function createProfiles(deps: ProfilesDeps): ProfilesPart {
	const { db, now, content } = deps;
	const kept = createRecentOwned<string, Kept>(KEPT);
	/** Spares a look-up by key where visitors are remembered. */
	const byVisitor = new WeakMap<Visitor, Kept>();
	const impressions = createImpressions(deps);
	let generation = 0;
	let revisions = 0;
	let timer: NodeJS.Timeout | undefined;

	const isTrue = ({ isGone, untilMs }: Kept): boolean => !isGone && untilMs > now().getTime();
	const find = (visitor: Visitor): Kept | null => {
		const near = byVisitor.get(visitor);
		if (near && isTrue(near)) return near;
		const known = kept.get(keyOf(visitor));
		if (!known || !isTrue(known)) return null;
		byVisitor.set(visitor, known);
		return known;
	};
	const changed = (known: Kept): void => {
		known.profile = null;
		known.revision = ++revisions;
	};
	const segmentsOf = async (leadId: string) => (await deps.segments.ofLead(leadId)).map(({ name }) => name);
	const read = (of: ProfileOf) => load(db.read, { keys: deps.keys, snapshot: content(), now: now(), segmentsOf }, of);

	const profileOf = ({ declared, learnt, shown }: Loaded): Profile => {
		const known = {
			...declared,
			stage: buyerStage(declared.lifecycle, learnt),
			interests: learnt.interests,
			weighedAt: learnt.weighedAt,
			opened: learnt.opened,
			shown,
		};
		return { ...known, isBlank: isBlank(known) };
	};

	const of = async (visitor: Visitor): Promise<Profile | null> => {
		if (!mayKnow(visitor)) return null;
		const known = find(visitor);
		if (known) return (known.profile ??= profileOf(known));
		const asked = generation;
		showings.settle(visitor);
		const loaded = await read(ofVisitor(visitor));
		if (!loaded) return null;
		const before = kept.get(keyOf(visitor));
		// Of whom is not measured, memory alone knows what they were shown.
		if (before && (!before.isGone || visitor.consents.has('analytics'))) carryShown(before.shown, loaded.shown);
		const profile = profileOf(loaded);
		const owners = [visitor.visitorId, visitor.isVerified ? visitor.personId : null].filter((id) => id !== null);
		const untilMs = now().getTime() + FRESH_MS;
		kept.set(keyOf(visitor), { ...loaded, owners, untilMs, isGone: asked !== generation, revision: ++revisions, profile });
		return profile;
	};

	const following =
		(ingest: Ingest): Ingest =>
		async (input) => {
			const result = await ingest(input);
			const known = result.accepted > 0 && mayKnow(input.visitor) ? find(input.visitor) : null;
			if (known && Array.isArray(input.events)) {
				for (const one of input.events as readonly Record<string, unknown>[]) learnFrom(known, one);
				changed(known);
			}
			return result;
		};
	const heard: ProfilesPart['heard'] = ({ personId, visitorId, ...act }) => {
		for (const known of kept.owned(visitorId === null ? [personId] : [personId, visitorId])) {
			// Somebody else's pass in that browser.
			if (!isTrue(known) || (known.owners.length > 1 && !known.owners.includes(personId))) continue;
			learnFrom(known, act);
			changed(known);
		}
	};
	const record: Events['record'] = async (tx, event) => {
		const isNew = await deps.events.record(tx, event);
		if (isNew) heard(event);
		return isNew;
	};
	const learnFrom = (
		{ learnt }: Kept,
		{ type, subject, props }: { readonly type?: unknown; readonly subject?: unknown; readonly props?: unknown },
	): void => {
		if (typeof type !== 'string' || typeof subject !== 'string') return;
		learn(learnt, { type, subject, at: now().getTime(), props: (props ?? {}) as Record<string, string> }, termsIn(content()));
	};

	const ofLead = async (leadId: string): Promise<Profile | null> => {
		const people = await db.read.select({ id: person.id, verifiedAt: person.verifiedAt }).from(person).where(eq(person.leadId, leadId));
		const proved = people.flatMap(({ id, verifiedAt }) => (verifiedAt === null ? [] : [{ id, at: verifiedAt.getTime() }]));
		const newest = proved.sort((a, b) => b.at - a.at)[0];
		const loaded = newest ? await read({ visitorId: null, personId: newest.id }) : null;
		return loaded && profileOf(loaded);
	};

	const ofPerson: Profiles['ofPerson'] = async (personId) => {
		if (!(await consentsOf(db.read, { visitorId: null, personId })).has('personalisation')) return null;
		const loaded = await read({ visitorId: null, personId });
		return loaded && profileOf(loaded);
	};

	const showings = createShowings({
		now,
		impressions,
		capOf: (slot) => content().slots.find(({ slug }) => slug === slot)?.cap ?? null,
		shownTo: (visitor) => find(visitor)?.shown ?? null,
		capped: (visitor) => {
			const known = find(visitor);
			if (known) changed(known);
		},
	});
	const flush = (): Promise<void> => {
		showings.settleAll();
		return impressions.flush();
	};

	const parts = Object.freeze<Profiles>({
		of,
		revision: (visitor) => (mayKnow(visitor) ? (find(visitor)?.revision ?? -1) : 0),
		ofPerson,
		ofLead,
		about: (subject) => [...termsIn(content())(subject).keys()],
		showing: showings.showing,
		impressionsOf: (visitorId) => db.read.select().from(slotImpression).where(eq(slotImpression.visitorId, visitorId)),
		flush,
	});

	const eraseShown: PersonalDataSource['erase'] = async (tx, personId) => {
		kept.drop([personId]);
		await tx.delete(slotImpression).where(inArray(slotImpression.visitorId, browsersOf(tx, personId)));
	};
	const forget = (ids: Iterable<string>): void => {
		generation++;
		for (const known of kept.owned(ids)) known.isGone = true;
	};
	db.onTouched(forget);
	return {
		heard,
		profiles: {
			parts: { profiles: parts, events: { ...deps.events, ingest: following(deps.events.ingest), record } },
			personalData: { name: 'slots', export: exportShown, erase: eraseShown },
			start: () => void (timer ??= setInterval(() => void flush(), FLUSH_MS).unref()),
			stop: async () => {
				clearInterval(timer);
				timer = undefined;
				await flush();
			},
		},
	};
}

const mayKnow = ({ consents, visitorId, isVerified }: Visitor): boolean => consents.has('personalisation') && (visitorId !== null || isVerified);
const ofVisitor = ({ visitorId, personId, isVerified }: Visitor): ProfileOf => ({ visitorId, personId: isVerified ? personId : null });
const keyOf = (visitor: Visitor): string => `${visitor.visitorId ?? ''} ${visitor.isVerified ? (visitor.personId ?? '') : ''}`;

const browsersOf = (tx: Parameters<PersonalDataSource['erase']>[0], personId: string) =>
	tx.select({ id: visitors.id }).from(visitors).where(eq(visitors.personId, personId));

const exportShown: PersonalDataSource['export'] = async (tx, personId) => {
	const { slot, subject, localDay, count } = slotImpression;
	return tx
		.select({ slot, subject, localDay, count })
		.from(slotImpression)
		.where(inArray(slotImpression.visitorId, browsersOf(tx, personId)));
};
