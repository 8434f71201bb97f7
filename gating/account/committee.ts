import { type JobRole, readJobTitle } from '../scoring/job-title.ts';

/** What somebody is to a purchase: who pays, who judges the technology, who works with it, who buys it. */
export const COMMITTEE_ROLES = ['economic', 'technical', 'user', 'purchasing'] as const;
export type CommitteeRole = (typeof COMMITTEE_ROLES)[number];

/** Read from the top: the first that fits decides. */
const BY_JOB: readonly (readonly [JobRole, CommitteeRole])[] = [
	['purchasing', 'purchasing'],
	['management', 'economic'],
	['engineering', 'technical'],
	['it', 'technical'],
	['quality', 'technical'],
	['maintenance', 'user'],
	['production', 'user'],
];

export interface Seat {
	/** '' where the title does not say. */
	readonly jobRole: JobRole | '';
	/** '' where the title does not say; students decide nothing. */
	readonly committeeRole: CommitteeRole | '';
}

/**
 * The committee role that a job title in English, German or Chinese suggests: buyers buy, executives and owners pay, engineers judge, whoever
 * produces and maintains works with it. Staff may say otherwise.
 */
export function seatOf(jobTitle: string): Seat {
	const { roles, seniority } = readJobTitle(jobTitle);
	const found = BY_JOB.find(([role]) => roles.includes(role));
	const jobRole = found?.[0] ?? (seniority === 'executive' ? 'management' : '');
	if (seniority === 'student') return { jobRole, committeeRole: '' };
	if (seniority === 'executive' && jobRole !== 'purchasing') return { jobRole, committeeRole: 'economic' };
	return { jobRole, committeeRole: found?.[1] ?? '' };
}

export const isCommitteeRole = (role: string): role is CommitteeRole => (COMMITTEE_ROLES as readonly string[]).includes(role);
