import type { ClockView, LeadView } from '#gating';

/** What somebody should do with a lead now. */
export type NextStep =
	| { readonly code: 'erased' | 'quarantine' | 'unverified' | 'sales' }
	/** Somebody in sales, or anybody (`owner` null), must make the first contact by then. `demand`: what they asked for, or ''. */
	| { readonly code: 'follow-up'; readonly owner: string | null; readonly dueAt: Date; readonly isOverdue: boolean; readonly demand: string }
	/** They asked for something: `words` are their own. */
	| { readonly code: 'request'; readonly words: string }
	/** Past the threshold; `subject` is what they spent most points on, or ''. */
	| { readonly code: 'call'; readonly subject: string }
	| { readonly code: 'missing'; readonly fields: readonly MissingField[] }
	/** Hundredths that are missing to the threshold. */
	| { readonly code: 'nurture'; readonly points: number };

const FIELDS = ['name', 'email', 'region', 'company', 'industry', 'jobTitle'] as const;
export type MissingField = (typeof FIELDS)[number];

/** Subjects of submissions that wait for an answer from us. */
const REQUESTS: readonly string[] = ['quote', 'contact', 'demo'];

/** The one thing to do next, most urgent first. `mqlFrom` is the model's threshold in hundredths. */
export function nextStep(
	{ persons, submissions, stage, workingState, receipt }: LeadView,
	mqlFrom: number,
	clock: Pick<ClockView, 'state' | 'owner' | 'dueAt' | 'isOverdue' | 'demand'> | null = null,
): NextStep {
	const living = persons.filter(({ isErased }) => !isErased);
	if (living.length === 0) return { code: 'erased' };
	if (workingState === 'quarantine') return { code: 'quarantine' };
	if (clock?.state === 'running') {
		const { owner, dueAt, isOverdue, demand } = clock;
		return { code: 'follow-up', owner, dueAt, isOverdue, demand };
	}
	if (workingState === 'sales' || ['sql', 'opportunity', 'customer'].includes(stage)) return { code: 'sales' };
	const proved = submissions.filter(({ appliedAt }) => appliedAt !== null);
	const request = proved.find(({ subject, answers }) => REQUESTS.includes(subject) && answers?.['message']);
	if (request) return { code: 'request', words: request.answers?.['message'] ?? '' };
	if (living.every(({ verifiedAt }) => verifiedAt === null)) return { code: 'unverified' };
	if (stage === 'mql') return { code: 'call', subject: strongestSubject(receipt.engagement.lines) };
	const known = living.flatMap(({ profile }) => (profile ? [profile] : []));
	const fields = FIELDS.filter((field) => !known.some((profile) => profile[field]));
	if (known.length > 0 && fields.length > 0) return { code: 'missing', fields };
	return { code: 'nurture', points: Math.max(0, mqlFrom - receipt.total) };
}

/** The content that most points came from. */
function strongestSubject(lines: LeadView['receipt']['engagement']['lines']): string {
	const sums = new Map<string, number>();
	for (const { what, points } of lines) {
		const subject = String(what.params['subject'] ?? '');
		if (subject.includes(':')) sums.set(subject, (sums.get(subject) ?? 0) + points);
	}
	return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
