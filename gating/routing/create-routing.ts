import { and, asc, eq, inArray, isNull } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import { STALE_DAY } from '../event/store.ts';
import type { Reader } from '../lead/reader.ts';
import { lead, staffMember } from '../schema.ts';
import type { Evidence } from '../scoring/evidence.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import { type AbsenceInput, addAbsence, removeAbsence } from './absences.ts';
import { chineseDays } from './calendar.ts';
import { checkRoutes, type RouteProblem } from './check.ts';
import { demanded } from './demand.ts';
import { give, HAND_OVER_MAIL, type Giving } from './give.ts';
import { handOverIfMet } from './judged.ts';
import { handOverMailHandler, type HandOverMailDeps } from './mail.ts';
import { UNWORKED } from './meets.ts';
import { type Absence, absencesSince } from './presence.ts';
import { type RouteRule, TO_KINDS, WHEN_PARTS } from './route.ts';
import { liveRule, type LiveRule, publishRule, readRule, type RuleBody, ruleHistory, type RuleKind, type RuleVersion, ruleVersion } from './rules.ts';
import { passOnFrom, runClocks, type RunDeps } from './run-due.ts';
import { simulateRoutes, type Simulation } from './simulate.ts';
import { type Tried, tryStandard } from './try.ts';
import { type ClockView, clockHistory, clocksOf, queueRevision, type Waiting, waitingFor } from './waiting.ts';

/** How often the staff directory is asked who is gone. */
const STAFF_EVERY_MS = 10 * MINUTE_MS;

/** When leads go to sales, who gets them, and what happens when nobody follows up. */
export interface Routing {
	rule<K extends RuleKind>(kind: K): Promise<LiveRule<K>>;
	history(kind: RuleKind): Promise<readonly RuleVersion[]>;
	version<K extends RuleKind>(kind: K, version: number): Promise<RuleBody<K> | null>;
	/** Reads what was typed. @throws DomainError invalid, with the path of each field */
	read<K extends RuleKind>(kind: K, input: unknown): RuleBody<K>;
	/** See {@link publishRule}. Whom a new standard concerns is judged again within seconds. @throws DomainError invalid, conflict */
	publish(kind: RuleKind, input: unknown, seen: number, by: Reader): Promise<number>;
	/** Takes an earlier version up again, as a new one. @throws DomainError not-found, invalid, conflict */
	restore(kind: RuleKind, version: number, seen: number, by: Reader): Promise<number>;
	/** What is wrong or odd with these rules. */
	check(rules: readonly RouteRule[]): Promise<readonly RouteProblem[]>;
	/** Which leads a standard would hand over now. */
	tryStandard(standard: RuleBody<'standard'>, reader: Reader): Promise<Tried>;
	/** Who would get past leads. */
	simulate(rules: readonly RouteRule[], reader: Reader): Promise<Simulation>;
	/** Absences that are not over. */
	absences(): Promise<readonly Absence[]>;
	/** See {@link addAbsence}. */
	addAbsence(input: AbsenceInput, by: Reader): Promise<string>;
	removeAbsence(id: string, by: Reader): Promise<void>;
	/** Of each lead the clock that runs, or else the newest. */
	clocks(leadIds: readonly string[]): Promise<ReadonlyMap<string, ClockView>>;
	clockHistory(leadId: string): Promise<readonly ClockView[]>;
	/** What waits for a member of staff. */
	waiting(staffId: string): Promise<Waiting>;
	/** Grows with every change of the queue. */
	revision(): Promise<number>;
	/** Reminds, tells on, passes on; passes on what those had who are gone. The worker loop calls it. Returns how much was done. */
	runDue(): Promise<number>;
	/** Gives a lead that a person hands over, within their body. */
	give(tx: Handle, giving: Giving): Promise<string | null>;
	/** See {@link demanded}; within a body of the caller. */
	demanded(tx: Handle, asked: Parameters<typeof demanded>[2]): Promise<void>;
	/** Called with each lead that was judged, in the body that judged it. */
	judged(tx: Handle, evidence: Evidence): Promise<void>;
	readonly choices: { readonly when: typeof WHEN_PARTS; readonly to: typeof TO_KINDS };
	/** The last year whose Chinese holidays are known. */
	chineseHolidaysUntil(): string;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type RoutingDeps = RunDeps & HandOverMailDeps & { readonly directory: StaffDirectory };

export function createRouting(deps: RoutingDeps): Routing {
	const { db, keys, now, directory } = deps;
	let staffAskedAt = -Infinity;

	const refuseBad = async (tx: Handle, rules: readonly RouteRule[]): Promise<void> => {
		const fields = (await problemsOf(tx, rules))
			.filter(({ isError }) => isError)
			.map(({ at, code }) => ({ field: at === null ? 'rules' : String(at), code }));
		if (fields.length > 0) throw new DomainError('invalid', 'These rules cannot hold.', { fields });
	};
	const publish = (kind: RuleKind, input: unknown, seen: number, by: Reader, restored: number | null): Promise<number> =>
		publishRule(deps, { kind, input, seen, restored }, by, {
			check: async (tx, body) => {
				if (kind === 'routing') await refuseBad(tx, body as RuleBody<'routing'>);
			},
			then: async (tx) => {
				if (kind === 'standard') await judgeAgain(tx);
			},
		});

	return Object.freeze<Routing>({
		rule: (kind) => liveRule(db.read, kind),
		history: (kind) => ruleHistory(db.read, kind),
		version: (kind, version) => ruleVersion(db.read, kind, version),
		read: readRule,
		publish: (kind, input, seen, by) => publish(kind, input, seen, by, null),
		restore: async (kind, version, seen, by) => {
			const body = await ruleVersion(db.read, kind, version);
			if (body === null) throw new DomainError('not-found', 'There is no such version.');
			return publish(kind, body, seen, by, version);
		},
		check: (rules) => problemsOf(db.read, rules),
		tryStandard: (standard, { seesPeople }) => tryStandard(db.read, keys, standard, seesPeople),
		simulate: async (rules, { seesPeople }) => {
			const { body: followUp } = await liveRule(db.read, 'follow-up');
			return simulateRoutes(db.read, deps, { rules, followUp, at: now(), seesPeople });
		},
		absences: () => absencesSince(db.read, now()),
		addAbsence: (input, by) => addAbsence(deps, input, by),
		removeAbsence: (id, by) => removeAbsence(deps, id, by),
		clocks: (leadIds) => clocksOf(db.read, leadIds, now()),
		clockHistory: (leadId) => clockHistory(db.read, leadId, now()),
		waiting: (staffId) => waitingFor(db.read, staffId, now()),
		revision: () => queueRevision(db.read),
		runDue: async () => {
			let done = 0;
			if (now().getTime() - staffAskedAt >= STAFF_EVERY_MS) {
				staffAskedAt = now().getTime();
				done += await passOnFromGone(deps, directory);
			}
			return done + (await runClocks(deps));
		},
		give: (tx, giving) => give(tx, deps, giving),
		demanded: (tx, asked) => demanded(tx, deps, asked),
		judged: (tx, evidence) => handOverIfMet(tx, deps, evidence),
		choices: Object.freeze({ when: WHEN_PARTS, to: TO_KINDS }),
		chineseHolidaysUntil: () => chineseDays().until,
		handlers: Object.freeze({ [HAND_OVER_MAIL]: handOverMailHandler(deps) }),
	});
}

async function problemsOf(handle: Handle, rules: readonly RouteRule[]): Promise<RouteProblem[]> {
	const staff = await handle.select({ id: staffMember.id, leftAt: staffMember.leftAt }).from(staffMember);
	return checkRoutes(rules, staff.map(({ id, leftAt }) => ({ id, hasLeft: leftAt !== null }))); // prettier-ignore
}

/** Leads that a new standard may hand over. */
async function judgeAgain(tx: Handle): Promise<void> {
	await tx
		.update(lead)
		.set({ scoredDay: STALE_DAY })
		.where(and(eq(lead.stage, 'mql'), inArray(lead.workingState, [...UNWORKED]), isNull(lead.mergedInto)));
}

/** Asks for everybody who has leads with sales whether they still work here. A directory that does not answer says nothing. */
async function passOnFromGone(deps: RunDeps, directory: StaffDirectory): Promise<number> {
	const owners = await deps.db.read
		.selectDistinct({ id: staffMember.id })
		.from(staffMember)
		.innerJoin(lead, and(eq(lead.owner, staffMember.id), eq(lead.workingState, 'sales'), isNull(lead.mergedInto)))
		.orderBy(asc(staffMember.id));
	let passed = 0;
	for (const { id } of owners) if ((await directory.check(id)).status === 'gone') passed += await passOnFrom(deps, id);
	return passed;
}
