import type { LeadView } from '#gating';

/** What somebody should do with a lead now. */
export type NextStep =
	| { readonly code: 'erased' | 'quarantine' | 'unverified' | 'sales' }
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
export function nextStep({ persons, submissions, stage, workingState, receipt }: LeadView, mqlFrom: number): NextStep {
	const living = persons.filter(({ isErased }) => !isErased);
	if (living.length === 0) return { code: 'erased' };
	if (workingState === 'quarantine') return { code: 'quarantine' };
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
