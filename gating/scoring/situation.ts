import type { Calendar } from './engagement.ts';
import type { Situation } from './model.ts';
import type { EngagementLine } from './receipt.ts';

/** When somebody of an account was last active, the lead's own people included. */
export interface Colleague {
	readonly personId: string;
	readonly lastAt: Date;
}

export interface Circumstances {
	/** When somebody of the lead was last active; null: never, or nothing that may be counted. */
	readonly lastAt: Date | null;
	/** Of the account, without those who objected to profiling. */
	readonly colleagues: readonly Pick<Colleague, 'lastAt'>[];
}

/** Lines of what is so now. `mayChange` is true when a later day brings or ends one without anything happening. */
export function situationLines(
	rules: readonly Situation[],
	{ lastAt, colleagues }: Circumstances,
	{ ageOf }: Calendar,
): { readonly lines: EngagementLine[]; readonly mayChange: boolean } {
	const lines: EngagementLine[] = [];
	let mayChange = false;
	for (const rule of rules) {
		if (lastAt === null || rule.points === 0) continue;
		if (rule.kind === 'inactive') {
			if (ageOf(lastAt) >= rule.days) lines.push(lineOf(rule, lastAt, { days: rule.days }));
			else mayChange = true;
			continue;
		}
		const active = colleagues.filter((one) => ageOf(one.lastAt) < rule.days);
		if (active.length < rule.people) continue;
		mayChange = true;
		const newest = active.reduce((latest, one) => (one.lastAt > latest ? one.lastAt : latest), active[0]?.lastAt ?? lastAt);
		lines.push(lineOf(rule, newest, { people: active.length, days: rule.days }));
	}
	return { lines, mayChange };
}

function lineOf({ name, version, points, kind }: Situation, at: Date, params: Readonly<Record<string, number>>): EngagementLine {
	return {
		...{ rule: name, version, what: { code: kind, params }, at, points, eventId: '' },
		...{ full: points, beforeCap: points, isCapped: false, decay: null },
	};
}
