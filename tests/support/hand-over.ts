import { desc } from 'drizzle-orm';

import { type Agent, agentOf } from '../../gating/lifecycle/agent.ts';
import { DEFAULT_FOLLOW_UP, type FollowUp } from '../../gating/routing/follow-up.ts';
import { ANY, type RouteRule } from '../../gating/routing/route.ts';
import { DEFAULT_STANDARD, type HandOverStandard } from '../../gating/routing/standard.ts';
import { consent, handOver } from '../../gating/schema.ts';
import { DEFAULT_SHEET } from '../../gating/screening/default-sheet.ts';
import { createScoredHub, engineer, mara, type ScoredHub } from './scored.ts';

const staff = (id: string, role: 'sales' | 'marketer'): Agent => agentOf({ id, name: id, role }, { ...mara, actor: `staff:${id}` });
export const sam = staff('sam', 'sales');
export const sue = staff('sue', 'sales');
export const max = staff('max', 'marketer');

export const routeRule = (key: string, to: RouteRule['to'], when: Partial<RouteRule['when']> = {}): RouteRule => ({
	...{ key, name: key, to },
	when: { ...ANY, ...when },
});
/** Everything to Sam, or by turns to Sam and Sue; nobody yet where they are away. */
export const TO_SAM: readonly RouteRule[] = [routeRule('sam', { kind: 'person', staffId: 'sam' }), routeRule('rest', { kind: 'unassigned' })];
export const ROUND: readonly RouteRule[] = [
	routeRule('round', { kind: 'round-robin', members: ['sam', 'sue'].map((staffId) => ({ staffId, weight: 1 })) }),
	routeRule('rest', { kind: 'unassigned' }),
];

/** A scored hub that hands over, with Sam, Sue and their boss, and what its tests do in one call each. */
export async function createHandOverHub() {
	const hub = await createScoredHub({ handsOver: true });
	for (const id of ['sam', 'sue', 'boss']) await hub.aStaff(id);
	const { routing, db, work, clock, mails } = hub;
	const seen = async (kind: 'standard' | 'routing' | 'follow-up') => (await routing.rule(kind)).version;
	const answers = (over: Readonly<Record<string, string>>) =>
		DEFAULT_SHEET.questions.map(({ key, options }) => ({
			...{ question: key, verdict: over[key] ?? 'credible', choice: options[0]?.key ?? '', words: `Answer to ${key}` },
		}));

	return {
		...hub,
		pass: (ms: number) => (clock.at = new Date(clock.at.getTime() + ms)),
		publishRoutes: async (rules: readonly RouteRule[]) => routing.publish('routing', rules, await seen('routing'), mara),
		publishFollowUp: async (over: Partial<FollowUp>) =>
			routing.publish('follow-up', { ...DEFAULT_FOLLOW_UP, ...over }, await seen('follow-up'), mara),
		publishStandard: async (over: Partial<HandOverStandard>) =>
			routing.publish('standard', { ...DEFAULT_STANDARD, ...over }, await seen('standard'), mara),
		/** An identified lead of a person who filled in a form. */
		aLead: async (id = 'p1', profile = engineer): Promise<string> => {
			const leadId = await hub.aPerson(id, profile);
			await hub.did(`f-${id}`, id, { type: 'form.submitted', props: { form: 'paper-default' } });
			await hub.scoring.runDue();
			return leadId;
		},
		/** Answers all core questions credibly, but for `over`. */
		screen: (leadId: string, over: Readonly<Record<string, string>> = {}) =>
			work.screening.answer(leadId, { sheet: 'default', answers: answers(over) }, max),
		agree: (personId: string) =>
			db.write((tx) =>
				tx.insert(consent).values({
					...{ id: `c-${personId}`, visitorId: null, personId, purpose: 'marketing.email', given: true, textHash: '', how: 'form', channel: '' },
					at: clock.at,
				}),
			),
		handOver: (leadId: string, owner?: string) =>
			work.dispose(leadId, { kind: 'handed-over', reason: '', feedback: '', ...(owner && { owner }) }, max),
		call: (leadId: string, agent: Agent, more: Partial<Parameters<ScoredHub['work']['log']>[1]> = {}) =>
			work.log(leadId, { kind: 'call', outcome: 'no-answer', at: clock.at, note: '', nextActionAt: null, ...more }, agent),
		/** Newest first. */
		clocks: () => db.read.select().from(handOver).orderBy(desc(handOver.at), desc(handOver.id)),
		/** Sends what is due; who got which subject since the last time. */
		sent: async () => {
			await hub.deliver();
			return mails.splice(0).map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`);
		},
	};
}

export type HandOverHub = Awaited<ReturnType<typeof createHandOverHub>>;
