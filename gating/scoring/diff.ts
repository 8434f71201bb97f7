import { isSame } from './check.ts';
import { type Part, PARTS, type Rule, type ScoringModel } from './model.ts';

/** What somebody changed in a model; words are chosen by who shows it. */
export type ModelChange =
	| { readonly kind: 'added' | 'removed'; readonly part: Part; readonly rule: Rule }
	| { readonly kind: 'changed'; readonly part: Part; readonly from: Rule; readonly to: Rule }
	/** `grades.fit.0`, `mql.from`, …; hundredths. */
	| { readonly kind: 'threshold'; readonly field: string; readonly from: number; readonly to: number };

/** What must be done to `from` to make it `to`; the order of rules says nothing. */
export function diffModels(from: ScoringModel, to: ScoringModel): ModelChange[] {
	return [...PARTS.flatMap((part) => diffPart(part, from[part], to[part])), ...diffThresholds(thresholdsOf(from), thresholdsOf(to))];
}

function diffPart(part: Part, from: readonly Rule[], to: readonly Rule[]): ModelChange[] {
	const before = new Map(from.map((rule) => [rule.name, rule]));
	const after = new Map(to.map((rule) => [rule.name, rule]));
	return [
		...to.flatMap((rule): ModelChange[] => {
			const known = before.get(rule.name);
			if (!known) return [{ kind: 'added', part, rule }];
			return isSame(known, rule) ? [] : [{ kind: 'changed', part, from: known, to: rule }];
		}),
		...from.filter(({ name }) => !after.has(name)).map((rule): ModelChange => ({ kind: 'removed', part, rule })),
	];
}

function thresholdsOf({ grades, mql }: ScoringModel): readonly (readonly [string, number])[] {
	return [
		...(['fit', 'engagement'] as const).flatMap((part) => grades[part].map((from, index) => [`grades.${part}.${index}`, from] as const)),
		['mql.from', mql.from],
		['mql.until', mql.until],
	];
}

function diffThresholds(from: ReturnType<typeof thresholdsOf>, to: ReturnType<typeof thresholdsOf>): ModelChange[] {
	return to.flatMap(([field, value], index): ModelChange[] => {
		const before = from[index]?.[1] ?? 0;
		return before === value ? [] : [{ kind: 'threshold', field, from: before, to: value }];
	});
}
