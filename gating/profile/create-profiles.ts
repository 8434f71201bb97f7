import { eq, inArray } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { MINUTE_MS, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';
import { createRecent } from '#kernel/recent.ts';

import { consentsOf } from '../consent/ledger.ts';
import type { Events } from '../event/create-events.ts';
import type { Ingest } from '../event/ingest.ts';
import type { Visitor } from '../identity/visitor.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import type { Segments } from '../tag/create-segments.ts';
import { person, slotImpression, visitor as visitors } from '../schema.ts';
import { createImpressions, type SlotShown } from './impressions.ts';
import { dayOf, load, type Loaded, type ProfileOf } from './load.ts';
import { buyerStage, isBlank, learn, noteShown, type Profile, timesSince } from './profile.ts';
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
	/** What else remembers people, and forgets with this. */
	readonly visitors: { forget(): void };
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
	 * Counts a page that showed these pieces: for caps at once, and where they agreed to be measured for reports. Costs a look into memory;
	 * one list is one visitor's.
	 */
	shown(visitor: Visitor, list: readonly SlotShown[], isControl: boolean): void;
	/** What a browser was shown, as far as it is written. */
	impressionsOf(visitorId: string): Promise<readonly (typeof slotImpression.$inferSelect)[]>;
	/** Writes impressions that wait. */
	flush(): Promise<void>;
}

/** Pages with one list that are not yet added up. */
interface Pending {
	readonly visitor: Visitor;
	readonly isControl: boolean;
	/** So many more, and one of the pieces has reached the cap of its slot. */
	readonly left: number;
	count: number;
}

interface Kept extends Loaded {
	readonly generation: number;
	readonly untilMs: number;
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
const KEPT = 20_000;
/** What the hub saw itself, and other processes, is read anew so often. */
const FRESH_MS = 5 * MINUTE_MS;
/** Impressions of one visitor add up meanwhile, so that many pages are one row. */
const FLUSH_MS = 30_000;

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
	/** Something about people, passes or consents changed: all is read anew when it is next needed. */
	forget(): void;
	/** The same once a change is done, or has failed. */
	forgetting<T>(change: Promise<T>): Promise<T>;
}

export function createProfiles(deps: ProfilesDeps): ProfilesPart {
	const { db, now, content } = deps;
	const kept = createRecent<string, Kept>(KEPT);
	/** Keys of {@link kept} by person. */
	const byPerson = createRecent<string, Set<string>>(KEPT);
	const impressions = createImpressions(deps);
	let generation = 0;
	let revisions = 0;
	let timer: NodeJS.Timeout | undefined;

	const find = (visitor: Visitor): Kept | null => {
		const known = kept.get(keyOf(visitor));
		return known?.generation === generation && known.untilMs > now().getTime() ? known : null;
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
		const loaded = await read(ofVisitor(visitor));
		if (!loaded) return null;
		const entry: Kept = { ...loaded, generation: asked, untilMs: now().getTime() + FRESH_MS, revision: ++revisions, profile: profileOf(loaded) };
		kept.set(keyOf(visitor), entry);
		if (visitor.personId !== null && visitor.isVerified) {
			const keys = byPerson.get(visitor.personId) ?? new Set();
			byPerson.set(visitor.personId, keys.add(keyOf(visitor)));
		}
		return entry.profile;
	};

	const following =
		(ingest: Ingest): Ingest =>
		async (input) => {
			const result = await ingest(input);
			const known = result.accepted > 0 && mayKnow(input.visitor) ? find(input.visitor) : null;
			if (known && Array.isArray(input.events)) {
				for (const one of input.events as readonly Record<string, unknown>[]) learnFrom(known, one);
				known.profile = null;
				known.revision = ++revisions;
			}
			return result;
		};
	const heard: ProfilesPart['heard'] = ({ personId, visitorId, ...act }) => {
		for (const key of [...(byPerson.get(personId) ?? []), ...(visitorId === null ? [] : [`${visitorId} `])]) {
			const known = kept.get(key);
			if (known?.generation !== generation) continue;
			learnFrom(known, act);
			known.profile = null;
			known.revision = ++revisions;
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

	const pending = new Map<readonly SlotShown[], Pending>();
	const leftOf = (visitor: Visitor, list: readonly SlotShown[]): number => {
		const shown = find(visitor)?.shown;
		const today = dayOf(now().getTime());
		const lefts = list.map(({ slot, subject }) => {
			const cap = content().slots.find(({ slug }) => slug === slot)?.cap;
			return cap ? cap.impressions - timesSince(shown?.get(`${slot} ${subject}`) ?? [], today - cap.days + 1) : Infinity;
		});
		return Math.min(...lefts);
	};
	const settle = (list: readonly SlotShown[], { visitor, isControl, count, left }: Pending): void => {
		pending.delete(list);
		if (visitor.visitorId !== null && visitor.consents.has('analytics')) impressions.note(visitor.visitorId, list, isControl, count);
		const known = find(visitor);
		if (!known) return;
		for (const { slot, subject } of list) noteShown(known.shown, `${slot} ${subject}`, dayOf(now().getTime()), count);
		if (count >= left && !isControl) known.revision = ++revisions;
	};
	const flush = (): Promise<void> => {
		for (const [list, waiting] of pending) settle(list, waiting);
		return impressions.flush();
	};

	const parts = Object.freeze<Profiles>({
		of,
		revision: (visitor) => (mayKnow(visitor) ? (find(visitor)?.revision ?? -1) : 0),
		ofPerson,
		ofLead,
		about: (subject) => [...termsIn(content())(subject).keys()],
		shown: (visitor, list, isControl) => {
			const waiting = pending.get(list) ?? { visitor, isControl, left: leftOf(visitor, list), count: 0 };
			waiting.count++;
			pending.set(list, waiting);
			if (waiting.count >= waiting.left) settle(list, waiting);
		},
		impressionsOf: (visitorId) => db.read.select().from(slotImpression).where(eq(slotImpression.visitorId, visitorId)),
		flush,
	});

	const forget = (): void => {
		deps.visitors.forget();
		generation++;
	};
	return {
		heard,
		forget,
		forgetting: (change) => change.finally(forget),
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

const eraseShown: PersonalDataSource['erase'] = async (tx, personId) => {
	await tx.delete(slotImpression).where(inArray(slotImpression.visitorId, browsersOf(tx, personId)));
};
