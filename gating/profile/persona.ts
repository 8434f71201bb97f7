import type { Term } from '#cms/content.ts';

import { type JobRole, readJobTitle } from '../scoring/job-title.ts';

/** Personas that editors map content to (terms of kind `role`), by the job roles that a title tells. */
const PERSONAS: Readonly<Partial<Record<JobRole, readonly string[]>>> = {
	engineering: ['design-engineer'],
	maintenance: ['maintenance'],
	production: ['plant-manager'],
	management: ['plant-manager'],
	purchasing: ['purchasing'],
};

/** Slugs of the role terms that a job title speaks of: those it names itself, else those of its job roles; empty when it tells none. */
export function personasOf(jobTitle: string, terms: readonly Term[]): readonly string[] {
	const title = jobTitle.toLowerCase();
	const roles = terms.filter(({ kind }) => kind === 'role');
	const named = roles.filter(({ name }) => [name.en, name['zh-CN']].some((word) => word !== '' && title.includes(word.toLowerCase())));
	if (named.length > 0) return named.map(({ slug }) => slug);
	const slugs = readJobTitle(jobTitle).roles.flatMap((role) => PERSONAS[role] ?? []);
	return [...new Set(slugs)].filter((slug) => roles.some((term) => term.slug === slug));
}
