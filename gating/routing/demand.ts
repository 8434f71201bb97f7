import { and, desc, gte, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { livingPerson } from '../identity/person.ts';
import { moveStage } from '../lifecycle/advance.ts';
import { quoteRequest } from '../offer/schema.ts';
import { formSubmission } from '../schema.ts';
import { handOverByRule, leadOf } from './by-rule.ts';
import { runningOf } from './clock.ts';
import { give, type GiveDeps, keeperOf, peopleOf } from './give.ts';
import { type Demand, isDemand } from './hand-over.ts';
import { UNWORKED } from './meets.ts';

const LATEST_MS = 30 * DAY_MS;

/** What a form asks for, by its subject or its own name; null: something that no person needs to answer. */
export function demandOf(subject: string, formKey: string): Demand | null {
	if (isDemand(subject)) return subject;
	return isDemand(formKey) ? formKey : null;
}

/**
 * Somebody asked for a person: a quote, a demo, a call. Whatever the score, the lead is with sales at once, with a clock of its own, and whoever
 * gets it is told. Leads put aside by cleaning or ruled out stay where they are. Asked twice while the clock runs, it is one demand.
 */
export async function demanded(
	tx: Handle,
	deps: GiveDeps,
	{ personId, demand, origin }: { readonly personId: string; readonly demand: Demand; readonly origin: string },
): Promise<void> {
	const whom = await livingPerson(tx, personId);
	const row = whom && (await leadOf(tx, whom.leadId));
	if (!row) return;
	const isWithSales = row.workingState === 'sales';
	if (!isWithSales && !UNWORKED.includes(row.workingState)) return;
	const ids = (await peopleOf(tx, row.id)).map(({ id }) => id);
	if ((await runningOf(tx, ids)).some((clock) => clock.demand !== '')) return;
	const evidence = { demand, origin };
	if (row.stage === 'customer') await openAnew(tx, deps, row.id, ids, evidence);
	if (!isWithSales) {
		await handOverByRule(tx, deps, row, { cause: 'demand', demand, personId, evidence });
		return;
	}
	const at = deps.now();
	await give(tx, deps, { leadId: row.id, personId, cause: 'demand', demand, dispositionId: null, owner: await keeperOf(tx, row.owner, at) });
	await recordAudit(tx, { actor: 'system', action: 'lead.demand', subject: `lead:${row.id}`, origin: '', detail: evidence }, at, deps.random);
}

/** What these persons asked for while cleaning kept them aside, and nobody has taken up: the newest within a month. */
export async function demandsWaiting(tx: Handle, deps: GiveDeps, personIds: readonly string[]): Promise<void> {
	const since = new Date(deps.now().getTime() - LATEST_MS);
	const rows = await tx
		.select({ id: formSubmission.id, personId: formSubmission.personId, subject: formSubmission.subject, formKey: formSubmission.formKey })
		.from(formSubmission)
		.where(and(inArray(formSubmission.personId, [...personIds]), gte(formSubmission.at, since)))
		.orderBy(desc(formSubmission.at), desc(formSubmission.id));
	const newest = rows.find(({ subject, formKey }) => demandOf(subject, formKey) !== null);
	const demand = newest && demandOf(newest.subject, newest.formKey);
	if (demand) await demanded(tx, deps, { personId: newest.personId, demand, origin: `submission:${newest.id}` });
}

/** A customer's new interest is an opportunity: a repurchase of what was asked for before, an upsell of anything else. */
async function openAnew(
	tx: Handle,
	{ now, random }: GiveDeps,
	leadId: string,
	ids: readonly string[],
	evidence: { readonly demand: Demand; readonly origin: string },
): Promise<void> {
	const asked = await tx.select().from(quoteRequest).where(inArray(quoteRequest.personId, [...ids])); // prettier-ignore
	const newest = asked.reduce<(typeof asked)[number] | null>((latest, one) => (latest === null || one.at > latest.at ? one : latest), null);
	const before = new Set(asked.filter((one) => one !== newest).flatMap(({ products }) => products.map(({ id }) => id)));
	const interest = newest?.products.some(({ id }) => before.has(id)) ? 'repurchase' : 'upsell';
	const moving = { leadId, from: 'customer', to: 'opportunity', kind: 'rule', cause: 'rule:new-interest' } as const;
	await moveStage(tx, { ...moving, evidence: { ...evidence, interest } }, now(), random);
}
