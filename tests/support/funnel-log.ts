import type { Handle } from '#kernel/database.ts';

import { STAGES, WORKING_STATES } from '../../gating/lifecycle/stage.ts';
import { disposition, lead, merge, move, workMove } from '../../gating/schema.ts';

/**
 * The funnel a second time, told from the log alone and without any cleverness: for each lead it asks, at every instant at which anything was
 * written, where the lead stood then and where the instant before.
 */
export async function funnelFromLog(handle: Handle): Promise<readonly Told[]> {
	const [leads, moves, workMoves, merges, decisions] = [
		await handle.select().from(lead),
		await handle.select().from(move),
		await handle.select().from(workMove),
		await handle.select().from(merge),
		await handle.select().from(disposition),
	];
	type Line = (typeof moves)[number];
	const rank = (names: readonly string[], name: string) => names.indexOf(name);

	const isVoid = (line: Line, all: readonly Line[]): boolean =>
		[
			...merges.map((one) => ({ begin: `merge:${one.id}`, end: `merge-undone:${one.id}`, at: one.at, leadId: one.intoLeadId })),
			...decisions.map((one) => ({ begin: '', end: `undone:${one.id}`, at: one.at, leadId: one.leadId })),
		].some(({ begin, end, at, leadId }) => {
			const last = all.find((other) => other.cause === end && other.leadId === line.leadId);
			if (!last || leadId !== line.leadId) return false;
			const first = all.find((other) => other.cause === begin && other.leadId === line.leadId)?.at ?? at;
			return line.at >= first && line.at <= last.at;
		});
	const standsAt = (id: string, log: readonly Line[], names: readonly string[], standing: string, at: number): number => {
		const own = log.filter(({ leadId }) => leadId === id).sort((one, other) => one.at.getTime() - other.at.getTime());
		const past = own.filter((line) => line.at.getTime() <= at && !isVoid(line, log)).at(-1);
		return rank(names, past?.to ?? own[0]?.from ?? standing);
	};
	const rootOf = (id: string): string => {
		const into = leads.find((one) => one.id === id)?.mergedInto;
		return into ? rootOf(into) : id;
	};
	/** Until when a lead speaks for itself. */
	const endOf = (id: string): number => {
		const journal = merges.find((one) => one.fromLeadId === id && one.undoneAt === null);
		if (!journal) return Infinity;
		return (moves.find(({ cause }) => cause === `merge:${journal.id}`)?.at ?? journal.at).getTime();
	};

	return leads
		.filter(({ mergedInto }) => mergedInto === null)
		.map(({ id }): Told => {
			// The one that stays speaks before the others.
			const members = leads.filter((one) => rootOf(one.id) === id).sort((one) => (one.id === id ? -1 : 1));
			const stageAt = (at: number): number | null => {
				const speaking = members.filter((one) => one.createdAt.getTime() <= at && at < endOf(one.id));
				return speaking.length === 0 ? null : Math.max(...speaking.map((one) => standsAt(one.id, moves, STAGES, one.stage, at)));
			};
			const stateAt = (at: number): number | null => {
				const speaking = members.filter((one) => one.createdAt.getTime() <= at && at < endOf(one.id));
				const best = speaking.find((one) => standsAt(one.id, moves, STAGES, one.stage, at) === stageAt(at));
				return best ? standsAt(best.id, workMoves, WORKING_STATES, best.workingState, at) : null;
			};
			const written = [
				...members.map((one) => one.createdAt),
				...[...moves, ...workMoves].filter(({ leadId }) => rootOf(leadId) === id).map(({ at }) => at),
			];
			const ends = members.map((one) => endOf(one.id)).filter((at) => at < Infinity);
			return { id, stageAt, stateAt, instants: [...new Set([...written.map((at) => at.getTime()), ...ends])].sort((a, b) => a - b) };
		});
}

export interface Told {
	readonly id: string;
	/** Position in STAGES; null before it was made. */
	stageAt(at: number): number | null;
	/** Position in WORKING_STATES. */
	stateAt(at: number): number | null;
	/** Every instant at which anything was written about it, ascending. */
	readonly instants: readonly number[];
}

/** The instants at which a lead reached a stage, from below it or by being made. */
export function reachings({ instants, stageAt }: Told, stage: number): number[] {
	return instants.filter((at) => (stageAt(at) ?? -1) >= stage && (stageAt(at - 1) ?? -1) < stage);
}

export interface ToldCourse {
	readonly isRevived: boolean;
	readonly furthest: number;
	readonly stands: number;
	readonly stays: Readonly<Record<number, number>>;
}

/** How a lead fared in a cohort, or null when it does not belong. */
export function toldCourse(told: Told, entry: number, from: number, to: number, until: number): ToldCourse | null {
	const [made] = told.instants;
	const entered = reachings(told, entry).find((at) => at >= from && at < to && at < until);
	if (entered === undefined || made === undefined) return null;
	const mql = STAGES.indexOf('mql');
	const nurture = WORKING_STATES.indexOf('nurture');
	const before = (at: number) => at <= entered;
	const isRevived =
		entered > made &&
		(reachings(told, entry).filter(before).length > 1 ||
			(entry > 0 && reachings(told, mql).filter(before).length > 1) ||
			told.instants.filter(before).some((at) => told.stateAt(at) === nurture));
	const on = told.instants.filter((at) => at >= entered && at < until);
	const stands = told.stageAt(on.at(-1) ?? entered) ?? 0;
	const stays: Record<number, number> = {};
	for (const [index, at] of on.entries()) {
		const [stage, next] = [told.stageAt(at) ?? 0, on[index + 1]];
		if (stage !== stands && next !== undefined) stays[stage] = (stays[stage] ?? 0) + next - at;
	}
	return { isRevived, furthest: Math.max(...on.map((at) => told.stageAt(at) ?? 0)), stands, stays };
}
