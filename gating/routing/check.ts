import { type RouteRule, type RouteTo, type RouteWhen, WHEN_PARTS } from './route.ts';

export interface RouteProblem {
	/** Index of the rule; null: the list as a whole. */
	readonly at: number | null;
	/** `taken`: two rules of one name. `left`: works here no more. */
	readonly code: 'unknown-staff' | 'left' | 'never-reached' | 'only-if-away' | 'no-fallback' | 'taken';
	/** Whom or which rule it is about: an id, or an index from 1. */
	readonly about: string;
	/** Cannot be published with it. */
	readonly isError: boolean;
}

export interface KnownStaff {
	readonly id: string;
	readonly hasLeft: boolean;
}

/** What is wrong or odd with rules: people who are not there, rules that nothing reaches, leads that no rule takes. */
export function checkRoutes(rules: readonly RouteRule[], staff: readonly KnownStaff[]): RouteProblem[] {
	const problems: RouteProblem[] = [];
	for (const [at, rule] of rules.entries()) {
		for (const id of peopleOf(rule.to)) {
			const found = staff.find((one) => one.id === id);
			if (!found) problems.push({ at, code: 'unknown-staff', about: id, isError: true });
			else if (found.hasLeft) problems.push({ at, code: 'left', about: id, isError: true });
		}
		const earlier = rules.slice(0, at);
		if (earlier.some(({ key }) => key === rule.key)) problems.push({ at, code: 'taken', about: rule.key, isError: true });
		const taking = earlier.findIndex(({ when, to }) => covers(when, rule.when) && to.kind === 'unassigned');
		const perhaps = earlier.findIndex(({ when, to }) => covers(when, rule.when) && (to.kind === 'person' || to.kind === 'round-robin'));
		if (taking >= 0) problems.push({ at, code: 'never-reached', about: String(taking + 1), isError: true });
		else if (perhaps >= 0 && !isLastResort(rule)) problems.push({ at, code: 'only-if-away', about: String(perhaps + 1), isError: false });
	}
	const last = rules.at(-1);
	if (!last || !isOpen(last.when)) problems.push({ at: null, code: 'no-fallback', about: '', isError: true });
	return problems;
}

/** Everybody named by a rule. */
export function peopleOf(to: RouteTo): readonly string[] {
	if (to.kind === 'person') return [to.staffId];
	return to.kind === 'round-robin' ? to.members.map(({ staffId }) => staffId) : [];
}

/** Whether every lead of `narrow` is one of `wide`. */
function covers(wide: RouteWhen, narrow: RouteWhen): boolean {
	return WHEN_PARTS.every((part) => {
		const [all, some]: (readonly string[])[] = [wide[part], narrow[part]];
		if (!all || all.length === 0) return true;
		if (!some || some.length === 0) return false;
		if (part === 'regions') return some.every((word) => all.some((other) => fold(word).includes(fold(other))));
		return some.every((value) => all.includes(value));
	});
}

/** What is left when nobody is there is meant to be reached then. */
const isLastResort = ({ when, to }: RouteRule): boolean => isOpen(when) && to.kind === 'unassigned';

const isOpen = (when: RouteWhen): boolean => WHEN_PARTS.every((part) => when[part].length === 0);

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
