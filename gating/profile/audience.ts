import type { Audience } from '#cms/content.ts';
import type { Profile } from './profile.ts';

/** The first word of `audience` that fits the visitor; null when none does. */
export function fitting(audience: Audience, profile: Profile): string | null {
	return audience.find((word) => isOf(word, profile)) ?? null;
}

/** What of a visitor a word that fits them speaks of. */
export function sideOf(
	word: string,
	{ roles, industry, account, stage }: Profile,
): 'role' | 'industry' | 'account' | 'stage' | 'country' | 'segment' {
	if (word.startsWith('country:')) return 'country';
	if (word.includes(':')) return 'segment';
	if (roles.includes(word)) return 'role';
	if (word === industry) return 'industry';
	return word === account?.industry ? 'account' : word === stage ? 'stage' : 'segment';
}

function isOf(word: string, { roles, industry, account, stage, country, segments }: Profile): boolean {
	const at = word.indexOf(':');
	if (at < 0) return word === industry || word === account?.industry || word === stage || roles.includes(word);
	const value = word.slice(at + 1);
	return word.slice(0, at) === 'country' ? value === country : word.slice(0, at) === 'segment' && segments.includes(value);
}
