import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Wording } from '#gating/consent/text.ts';
import { domainOf } from '#gating/cleaning/mail.ts';
import { lookupHash, termsOf } from '#gating/identity/lookup.ts';
import { sealProfile } from '#gating/identity/person.ts';
import type { Profile } from '#gating/identity/profile.ts';
import type { Standing } from '#gating/lifecycle/schema.ts';

import type { Dice } from './dice.ts';
import { FOLLOW_UP_MS, type Life } from './life.ts';
import type { Step } from './story.ts';
import type { Rows } from './tables.ts';

export interface Pen {
	readonly dice: Dice;
	readonly keys: Keys;
	readonly rows: Rows;
	readonly id: () => string;
	readonly dayOf: (at: number) => string;
	readonly now: number;
	readonly wordings: Readonly<Record<'en' | 'zh-CN', readonly Wording[]>>;
}

export interface Someone {
	readonly leadId: string;
	readonly personId: string;
	readonly dataKey: string;
	readonly profile: Profile;
	readonly locale: 'en' | 'zh-CN';
	readonly timeZone: string;
	readonly life: Life;
}

/** Rows of a person: profile and look-ups, what they agreed to, did and asked for, sealed as everybody's. */
export function writePerson(
	{ dice, keys, rows, id, dayOf, wordings }: Pen,
	{ leadId, personId, dataKey, profile, locale, timeZone, life }: Someone,
): void {
	const at = new Date(life.createdAt);
	const isProved = !life.isQuarantined && !life.isImported;
	rows.person.push({
		...{ id: personId, leadId, firstLeadId: leadId, dataKey, profile: sealProfile(keys, dataKey, profile), imported: null, locale, timeZone },
		...{ verifiedAt: isProved ? at : null, createdAt: at, erasedAt: null },
	});
	for (const term of termsOf(profile)) rows.personLookup.push({ kind: term.kind, hash: lookupHash(keys, term), personId });
	for (const { purpose, hash } of wordings[locale]) {
		const share = purpose === 'profiling' ? 0.93 : purpose === 'marketing.email' ? 0.7 : 0.97;
		rows.consent.push({
			...{
				id: id(),
				visitorId: null,
				personId,
				purpose,
				given: dice.chance(share),
				textHash: hash,
				how: 'form:paper-default',
				channel: 'direct',
				at,
			},
		});
	}
	const seen = new Set<string>();
	let forms = 0;
	for (const visit of life.visits) {
		const touch = { visitorId: null, personId, channel: visit.channel, sourceId: null, tacticId: visit.tacticId, detail: {}, importId: null };
		rows.touchpoint.push({ id: id(), at: new Date(visit.at), localDay: dayOf(visit.at), kind: 'visit', subject: '', ...touch });
		for (const { type, at: done, subject, props } of visit.did) {
			const once = `${type} ${String(props['occurrenceId'] ?? '')}`;
			if (props['occurrenceId'] !== undefined && seen.has(once)) continue;
			seen.add(once);
			const [eventId, moment, localDay] = [id(), new Date(done), dayOf(done)];
			const basis = type.includes('webinar') || type === 'download' || type === 'form.submitted' ? 'necessary' : 'consent';
			rows.event.push({ id: eventId, type, version: 1, at: moment, receivedAt: moment, localDay, visitorId: null, personId, subject, props, basis });
			const kind = TOUCHES[type];
			if (kind !== undefined) rows.touchpoint.push({ id: eventId, at: moment, localDay, kind, subject, ...touch });
			if (type === 'form.submitted' && forms++ < MOST_FORMS)
				rows.formSubmission.push({
					...{ id: eventId, formKey: 'paper-default', subject, personId, visitorId: null, consents: [], channel: visit.channel },
					answers: keys.seal(dataKey, 'form_submission.answers', JSON.stringify(profile)),
					...{ requestKey: null, requestHash: '', appliedAt: isProved ? moment : null, at: moment },
					...{ outcome: life.isQuarantined ? 'quarantine' : 'accept', reasons: [] },
				});
			webinarRows(rows, id, { type, personId, at: moment, props, channel: visit.channel });
		}
	}
}

const MOST_FORMS = 3;
const TOUCHES: Readonly<Record<string, string>> = {
	'form.submitted': 'request',
	'webinar.registered': 'registered',
	'webinar.attended': 'attended',
};

function webinarRows(
	rows: Rows,
	id: () => string,
	{
		type,
		personId,
		at,
		props,
		channel,
	}: { type: string; personId: string; at: Date; props: Readonly<Record<string, string | number>>; channel: string },
): void {
	const occurrenceId = String(props['occurrenceId'] ?? '');
	if (type === 'webinar.registered')
		rows.registration.push({ id: id(), occurrenceId, personId, state: 'registered', channel, registeredAt: at, joinedAt: null });
	if (type !== 'webinar.attended') return;
	const seconds = Number(props['minutes']) * 60;
	const firstJoinedAt = new Date(at.getTime() - seconds * 1_000);
	rows.attendance.push({ occurrenceId, personId, seconds, firstJoinedAt, lastLeftAt: at, stays: 1, devices: 1, settledAt: at });
}

/** Rows of what staff did: moves by the allowed ways, contacts, answers, decisions, hand-overs with their clocks, deals. */
export function writeSteps(
	pen: Pen,
	{ leadId, personId }: Pick<Someone, 'leadId' | 'personId'>,
	steps: readonly Step[],
	pointsAt: (at: number) => number,
): void {
	const { rows, id, now } = pen;
	const standing = { stage: 'suspect', workingState: 'open', owner: null as string | null, nextActionAt: null };
	const last = { move: 0, workMove: 0 };
	let contact: string | null = null;
	let clock: { readonly row: Rows['handOver'][number]; readonly due: number } | null = null;
	let deal: Deal | null = null;
	for (const [index, step] of steps.entries()) {
		const at = new Date(step.at);
		if (step.step === 'stage' || step.step === 'state') {
			const [table, from] = step.step === 'stage' ? (['move', standing.stage] as const) : (['workMove', standing.workingState] as const);
			last[table] = Math.max(step.at, last[table] + 1);
			rows[table].push({ id: id(), leadId, from, to: step.to, cause: step.cause, evidence: {}, at: new Date(last[table]) });
			if (step.step === 'stage') standing.stage = step.to;
			else standing.workingState = step.to;
		} else if (step.step === 'contact') {
			contact = id();
			const { kind, outcome, by } = step;
			rows.interaction.push({ id: contact, personId, kind, outcome, note: null, by, at, loggedAt: at, nextActionAt: null });
			if (clock && by.startsWith('staff:demo-sales')) {
				Object.assign(clock.row, { state: 'followed-up', endedAt: at, interactionId: contact, nextAt: null });
				clock = null;
			}
		} else if (step.step === 'answer') {
			const { question, choice, tick, by } = step;
			rows.screeningAnswer.push({
				...{ id: id(), personId, sheetKey: 'default', sheetVersion: 0, question, verdict: 'credible', choice, words: null, tick, by, at },
			});
		} else if (step.step === 'decide') {
			const before: Standing = { ...standing };
			const decisionId = id();
			const after = { ...before, ...afterOf(steps.slice(index + 1), step.at) };
			const rests = step.kind === 'accepted' ? contact : null;
			const line = { id: decisionId, personId, leadId, interactionId: rests, kind: step.kind, reason: step.reason, feedback: null, by: step.by, at };
			rows.disposition.push({ ...line, before, after, undoneAt: null, undoneBy: null });
			if (step.kind === 'handed-over') clock = handOverOf(pen, personId, decisionId, step.at);
			const points = step.kind === 'returned' ? pointsAt(step.at) : 0;
			if (points > 0)
				rows.scoreLedger.push({
					...{ id: id(), personId, dispositionId: decisionId, rule: 'returned-by-sales', ruleVersion: 1, points: -points, halfLifeDays: 45 },
					...{ reason: step.reason, by: step.by, at, undoneAt: null },
				});
		} else {
			deal = writeDeal(pen, personId, step, deal);
		}
	}
	if (clock && clock.due < now) Object.assign(clock.row, { step: 3, nextAt: null });
}

type Deal = Rows['deal'][number];

/** A deal's line, and the deal while it is open. */
function writeDeal({ rows, id, dice, dayOf }: Pen, personId: string, { state, at }: Extract<Step, { step: 'deal' }>, open: Deal | null): Deal | null {
	const amount: number = open?.amount ?? (5 + dice.few(0, 400)) * 100_000;
	const common = { state, reason: state === 'lost' ? 'price' : '', amount, currency: 'EUR', by: 'api:demo-crm' };
	const told = { ...common, closedOn: state === 'open' ? null : dayOf(at), changedAt: new Date(at) };
	const deal: Deal = open ? Object.assign(open, told) : { id: id(), personId, externalId: `demo-${id()}`, ...told, createdAt: new Date(at) };
	if (!open) rows.deal.push(deal);
	rows.dealChange.push({ id: id(), dealId: deal.id, personId, ...common, at: new Date(at) });
	return state === 'open' ? deal : null;
}

/** What a decision's own moves make of stage and state. */
function afterOf(steps: readonly Step[], at: number): { stage?: string; workingState?: string } {
	const after: { stage?: string; workingState?: string } = {};
	for (const step of steps) {
		if (step.at !== at || (step.step !== 'stage' && step.step !== 'state')) break;
		if (step.step === 'stage') after.stage = step.to;
		else after.workingState = step.to;
	}
	return after;
}

/** The clock of a hand-over, as the shipped rules set it. */
function handOverOf({ rows, id, dice }: Pen, personId: string, dispositionId: string, at: number) {
	const due = at + FOLLOW_UP_MS;
	const row: Rows['handOver'][number] = {
		...{ id: id(), personId, cause: 'standard', dispositionId, demand: '', rule: '', routingVersion: 0, owner: null, at: new Date(at) },
		...{
			remindAt: new Date(at + FOLLOW_UP_MS / 2),
			dueAt: new Date(due),
			escalateAt: new Date(due + DAY_MS),
			reassignAt: new Date(due + 2 * DAY_MS),
		},
		...{ step: 1, nextAt: new Date(due + dice.roll(HOUR_MS)), state: 'running', endedAt: null, interactionId: null, passes: 0 },
	};
	rows.handOver.push(row);
	return { row, due };
}

/** What lists show of somebody's mail. */
export const mailDomainOf = ({ email = '' }: Profile): string => domainOf(email);
