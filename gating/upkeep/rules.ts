/** How long something is kept. The names are those of the words in `kernel/texts`, section privacy. */
export interface RetentionRule {
	readonly name: RuleName;
	/** As shipped. */
	readonly days: number;
	/** `erase`: the ids are persons, who are erased whole; `remove`: rows go, or are cut loose from whom they belonged to. */
	readonly how: 'erase' | 'remove';
}

export const RULE_NAMES = [
	'unconfirmed',
	'quarantined',
	'inactive',
	'visitors',
	'events',
	'touchpoints',
	'answers',
	'imports',
	'searches',
	'mailbox',
	'deliveries',
	'passes',
	'sessions',
	'audit',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

const erase = (name: RuleName, days: number): RetentionRule => ({ name, days, how: 'erase' });
const remove = (name: RuleName, days: number): RetentionRule => ({ name, days, how: 'remove' });

/** In the order of the night: people first, since much goes with them. */
export const RULES: readonly RetentionRule[] = [
	erase('unconfirmed', 30),
	erase('quarantined', 180),
	erase('inactive', 1_095),
	remove('visitors', 395),
	remove('events', 760),
	remove('touchpoints', 760),
	remove('answers', 1_095),
	remove('imports', 90),
	remove('searches', 30),
	remove('mailbox', 90),
	remove('deliveries', 90),
	remove('passes', 30),
	remove('sessions', 30),
	remove('audit', 730),
];

export const FEWEST_DAYS = 1;
export const MOST_DAYS = 3_650;

export function isRule(name: string): name is RuleName {
	return (RULE_NAMES as readonly string[]).includes(name);
}
