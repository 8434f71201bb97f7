export const PURPOSES = [
	'necessary',
	'analytics',
	'personalisation',
	'profiling',
	'reminders',
	'following',
	'marketing.email',
	'marketing.sms',
	'marketing.phone',
	'dealers',
	'abroad',
	'prizes',
] as const;

/** What somebody may agree to. `necessary` is a notice: it needs no agreement and cannot be withdrawn. */
export type Purpose = (typeof PURPOSES)[number];

/** The purposes that the notice on the site asks about, and that need a browser to be recognised. */
export const BROWSER_PURPOSES = ['analytics', 'personalisation'] as const satisfies readonly Purpose[];

/** What holds without having been asked, until the person objects: being scored by behaviour, being reminded of what they registered for. */
export const UNLESS_OBJECTED = ['profiling', 'reminders'] as const satisfies readonly Purpose[];

export function isPurpose(value: string): value is Purpose {
	return (PURPOSES as readonly string[]).includes(value);
}

/** True when any of the purposes needs the visitor cookie. */
export function needsVisitor(purposes: Iterable<Purpose>): boolean {
	return [...purposes].some((purpose) => (BROWSER_PURPOSES as readonly Purpose[]).includes(purpose));
}

/** One answer of the ledger, as far as it decides what holds. */
export interface ConsentAnswer {
	readonly purpose: string;
	readonly given: boolean;
	readonly at: Date;
	/** Breaks ties of one instant: ids sort by time of making. */
	readonly id: string;
}

/** What holds now: the newest answer of each purpose decides. */
export function consentsHeld(answers: readonly ConsentAnswer[]): ReadonlySet<Purpose> {
	const newest = new Map<string, ConsentAnswer>();
	for (const answer of answers) {
		const known = newest.get(answer.purpose);
		if (!known || isLater(answer, known)) newest.set(answer.purpose, answer);
	}
	return new Set(
		[...newest.values()]
			.filter((answer) => answer.given)
			.map((answer) => answer.purpose)
			.filter(isPurpose),
	);
}

function isLater(a: ConsentAnswer, b: ConsentAnswer): boolean {
	const difference = a.at.getTime() - b.at.getTime();
	return difference === 0 ? a.id > b.id : difference > 0;
}
