/** How much of an item an editor's mistake takes from the site. The worst first. */
export const SEVERITIES = ['hidden', 'partial', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What can be wrong, each with what it does to the item. */
const PROBLEMS = {
	/** The item is not shown at all: `detail` is the field it lacks. */
	'left-out': 'hidden',
	'duplicate-slug': 'hidden',
	/** It would go offline before it goes online. */
	'bad-schedule': 'hidden',
	/** There is no page in one of the languages. */
	'no-page': 'partial',
	'dangling-reference': 'partial',
	'missing-file': 'partial',
	/** A file that no browser shows as a picture. */
	'not-a-picture': 'partial',
	'too-large': 'partial',
	'broken-block': 'partial',
	/** Readers get the file without their name on it. */
	'unstampable-file': 'hint',
	'unsafe-link': 'partial',
	'invalid-field': 'partial',
	/** A field of a form that is none: `detail` is its name. */
	'form-field': 'partial',
	'form-duplicate-field': 'partial',
	/** Taken by what every form sends. */
	'form-reserved-name': 'partial',
	/** It hangs on a field or an answer that the form does not have. */
	'form-rule': 'partial',
	'form-no-options': 'partial',
	'form-no-mail': 'hint',
	'missing-translation': 'hint',
	/** HTML that pages do not take: scripts, frames, styles. */
	'active-html': 'hint',
	/** A mail template is never sent while it names a field that there is not … */
	'mail-field': 'hidden',
	/** … holds HTML … */
	'mail-script': 'hidden',
	/** … or lacks what a mail needs. */
	'mail-empty': 'hidden',
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Something an editor should mend; shown at `/console/content` and in the preview. `code` has its words in `kernel/texts`. */
export interface ContentProblem {
	readonly code: ProblemCode;
	readonly collection: string;
	readonly itemId: string;
	readonly slug: string;
	/** The field, and what stands in it where that helps. */
	readonly detail: string;
}

export function severityOf({ code }: Pick<ContentProblem, 'code'>): Severity {
	return PROBLEMS[code];
}
