import type { Snapshot } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';
import { seatOf } from '#gating/account/committee.ts';
import { namesOf } from '#gating/account/place.ts';
import { nameKey } from '#gating/account/name.ts';
import { isCleanIn, MQL_CAUSES, recognise, TICKS } from '#gating/lifecycle/recognise.ts';
import { isRecognisedByRule } from '#gating/lifecycle/stage.ts';
import type { LedgerEntry } from '#gating/lifecycle/ledger.ts';
import { calendarOf } from '#gating/scoring/engagement.ts';
import { attributesOf, surgeDaysOf } from '#gating/scoring/evidence.ts';
import { foldScore } from '#gating/scoring/fold.ts';
import type { ScoredEvent } from '#gating/scoring/history.ts';
import type { LiveModel } from '#gating/scoring/model.ts';
import { surroundingsOf } from '#gating/scoring/surroundings.ts';

import { aLife } from './life.ts';
import { aCompany, aPerson } from './people.ts';
import type { Step } from './story.ts';
import type { Shelves } from './visits.ts';
import { mailDomainOf, type Pen, type Someone, writePerson, writeSteps } from './write-lead.ts';

export interface World {
	readonly content: Snapshot;
	readonly shelves: Shelves;
	readonly live: LiveModel;
	/** Events that a lead has on average. */
	readonly actsEach: number;
	readonly timeZone: string;
	readonly today: string;
}

/** Rows of a company and of so many leads who work there, scored by the live model as the hub would. */
export function writeAccount(pen: Pen, world: World, number: number, heads: number): void {
	const { dice, keys, rows, id, now } = pen;
	const company = aCompany(dice, number);
	const accountId = id();
	const people = Array.from({ length: heads }, (_none, index): Someone => {
		const { profile, ...where } = aPerson(dice, company, index);
		const knows = { region: profile.region !== undefined, industry: profile.industry !== undefined };
		const life = aLife(dice, world.shelves, knows, { now, actsEach: world.actsEach });
		return { leadId: id(), personId: id(), dataKey: keys.newDataKey(), profile, ...where, life };
	});
	const since = new Date(Math.min(...people.map(({ life }) => life.createdAt)));
	const isCustomer = people.some(({ life }) => life.stage === 'customer' || life.steps.some((step) => step.step === 'deal' && step.state === 'won'));
	const facts = { id: accountId, status: isCustomer ? 'customer' : 'prospect', size: company.size, country: company.country, industry: '' };
	rows.account.push({
		...{ ...facts, ...namesOf(company.name), nameOf: null, owner: '', website: '', maySuggest: false, parentId: null },
		...{ keptAt: null, createdAt: since, mergedInto: null },
	});
	rows.accountDomain.push({ domain: company.domain, accountId, firstAccountId: accountId, cause: 'mail', createdAt: since });

	const first = rows.event.length;
	for (const one of people) {
		rows.accountMember.push({
			...{ personId: one.personId, accountId, firstAccountId: accountId, cause: 'domain', companyKey: nameKey(company.name) },
			...seatOf(one.profile.jobTitle ?? ''),
			at: new Date(one.life.createdAt),
		});
		writePerson(pen, one);
	}
	const events = Map.groupBy(rows.event.slice(first) as unknown as ScoredEvent[], ({ personId }) => personId);
	const said = (purpose: string, personId: string) => rows.consent.some((row) => row.personId === personId && row.purpose === purpose && !row.given);
	const colleagues = people.flatMap(({ personId }) => {
		const lastAt = (events.get(personId) ?? []).reduce((latest, { at }) => Math.max(latest, at.getTime()), 0);
		const isRecent = lastAt >= now - (surgeDaysOf([world.live.model]) + 1) * DAY_MS;
		return isRecent && !said('profiling', personId) ? [{ personId, lastAt: new Date(lastAt) }] : [];
	});
	for (const one of people) {
		const own = events.get(one.personId) ?? [];
		const { competitorDomains, content } = surroundingsOf(world.content);
		const attributes = attributesOf(one.profile, { facts, isUnsubscribed: said('marketing.email', one.personId), competitorDomains });
		const objectors = new Set(said('profiling', one.personId) ? [one.personId] : []);
		const score = (at: number, ledger: readonly LedgerEntry[]) => {
			const [seen, moment] = [own.filter((event) => event.at.getTime() <= at), new Date(at)];
			const common = { events: seen, attributes, live: world.live, now: moment, timeZone: world.timeZone, objectors, content, ledger };
			return foldScore({ ...common, colleagues: at === now ? colleagues : [], ...(at === now && { calendar: calendarAt(now, world.timeZone) }) });
		};
		writeLead(pen, world, one, score, own);
	}
}

function writeLead(
	pen: Pen,
	world: World,
	one: Someone,
	score: (at: number, ledger: readonly LedgerEntry[]) => ReturnType<typeof foldScore>,
	own: readonly ScoredEvent[],
): void {
	const { rows, now } = pen;
	const { leadId, life, profile } = one;
	const ledger = rows.scoreLedger.length;
	writeSteps(pen, one, life.steps, (at) => score(at, []).engagement.total);
	const receipt = score(now, rows.scoreLedger.slice(ledger) as unknown as LedgerEntry[]);
	const lastAt = own.reduce((latest, { at }) => Math.max(latest, at.getTime()), life.createdAt);
	const to = judged(life, profile, own, receipt.total, world.live.model.mql);
	const stage = to?.stage ?? life.stage;
	if (to && stage !== life.stage) {
		const lastStep = Math.max(lastAt, ...life.steps.map(({ at }) => at)) + 2_000;
		const at = new Date(Math.min(lastStep, now));
		rows.move.push({ id: pen.id(), leadId, from: life.stage, to: stage, cause: `rule:${to.rule}`, evidence: { total: receipt.total }, at });
	}
	rows.lead.push({
		...{ id: leadId, stage, workingState: life.state, company: profile.company ?? '', mailDomain: mailDomainOf(profile) },
		...{ fit: receipt.fit.total, engagement: receipt.engagement.total, total: receipt.total, grade: receipt.grade },
		...{ modelVersion: world.live.version, scoredDay: world.today, hasDecay: receipt.hasDecay, lastActivityAt: new Date(lastAt) },
		...{
			createdAt: new Date(life.createdAt),
			mergedInto: null,
			owner: life.owner,
			mqlCause: stage === 'mql' ? (to?.mqlCause ?? 'score-threshold') : null,
		},
		nextActionAt: life.nextActionAt === null ? null : new Date(life.nextActionAt),
	});
}

const TACTICS: ReadonlySet<string> = new Set(['form.submitted', 'download', 'webinar.registered', 'webinar.joined', 'webinar.attended']);

/** Where the lifecycle's rules see the lead today; null where the story has it. */
function judged(
	{ stage, state, steps }: Someone['life'],
	profile: Someone['profile'],
	own: readonly ScoredEvent[],
	total: number,
	mql: { from: number; until: number },
) {
	if (!isRecognisedByRule(stage)) return null;
	const given = steps.findLast((step) => step.step === 'decide' && (step.kind === 'returned' || step.kind === 'lost'))?.at ?? 0;
	const ticked = (tick: string) => steps.some((step: Step) => step.step === 'answer' && step.tick === tick && step.at > given);
	const isKnown = (value: string | undefined) => value !== undefined && value !== '';
	return recognise({
		...{ stage, fitsTarget: true, tookPart: own.some(({ type }) => TACTICS.has(type)), isClean: isCleanIn(state, stage), isMarked: false },
		knows: {
			...{ name: true, mail: true, company: true, jobTitle: true },
			...{ address: isKnown(profile.region), industry: isKnown(profile.industry) },
		},
		ticks: Object.fromEntries(TICKS.map((tick) => [tick, ticked(tick)])) as Record<(typeof TICKS)[number], boolean>,
		mqlCause: stage === 'mql' ? MQL_CAUSES[2] : null,
		...{ total, mql },
	});
}

let kept: { readonly now: number; readonly calendar: ReturnType<typeof calendarOf> } | null = null;

function calendarAt(now: number, timeZone: string) {
	if (kept?.now !== now) kept = { now, calendar: calendarOf(new Date(now), timeZone) };
	return kept.calendar;
}
