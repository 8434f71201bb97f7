import { desc } from 'drizzle-orm';
import { z } from 'zod';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';

import { SIZES } from '../account/account.ts';
import { isStorable } from '../event/props.ts';
import type { Reader } from '../lead/reader.ts';
import { targetDefinition } from '../schema.ts';
import { ROLES, readJobTitle } from '../scoring/job-title.ts';

const words = z.array(z.string().trim().min(1).max(80).refine(isStorable)).max(300).readonly();

/** Whom the company wants. An empty list asks nothing. */
export const targetInput = z.strictObject({
	/** Slugs of industry terms. */
	industries: words,
	sizes: z.array(z.enum(SIZES)).readonly(),
	/** ISO 3166 codes of the account's country. */
	countries: z
		.array(z.string().regex(/^[A-Z]{2}$/))
		.max(300)
		.readonly(),
	/** Words that the region or city contains, whatever their case. */
	regions: words,
	jobRoles: z.array(z.enum(ROLES)).readonly(),
});
export type TargetDefinition = z.infer<typeof targetInput>;

/** Asks nothing: until somebody says whom the company wants, everybody may be wanted. */
export const DEFAULT_TARGET: TargetDefinition = Object.freeze({ industries: [], sizes: [], countries: [], regions: [], jobRoles: [] });

/** What is known of a lead and its account; null or '' where nothing is. */
export interface TargetFacts {
	readonly industry: string | null;
	readonly size: string | null;
	readonly country: string | null;
	readonly region: string | null;
	readonly jobTitle: string | null;
}

export type TargetPart = keyof TargetDefinition;

/** The parts of the definition that something known lies outside of. What is not known lies outside of nothing. */
export function outsideOf(target: TargetDefinition, { industry, size, country, region, jobTitle }: TargetFacts): TargetPart[] {
	const within = (list: readonly string[], value: string | null) => list.length === 0 || !value || list.includes(value);
	const place = region?.normalize('NFKC').toLowerCase() ?? '';
	const roles = jobTitle ? readJobTitle(jobTitle).roles : [];
	const fits: Readonly<Record<TargetPart, boolean>> = {
		industries: within(target.industries, industry),
		sizes: within(target.sizes, size),
		countries: within(target.countries, country),
		regions: target.regions.length === 0 || place === '' || target.regions.some((word) => place.includes(word.normalize('NFKC').toLowerCase())),
		jobRoles: target.jobRoles.length === 0 || roles.length === 0 || roles.some((role) => target.jobRoles.includes(role)),
	};
	return (Object.keys(fits) as TargetPart[]).filter((part) => !fits[part]);
}

export interface LiveTarget {
	/** 0: the default, which nobody has changed. */
	readonly version: number;
	readonly definition: TargetDefinition;
	readonly author: string;
	readonly publishedAt: Date | null;
}

/** The definition that holds. */
export async function liveTarget(handle: Handle): Promise<LiveTarget> {
	const [row] = await handle.select().from(targetDefinition).orderBy(desc(targetDefinition.version)).limit(1);
	if (!row) return { version: 0, definition: DEFAULT_TARGET, author: 'system', publishedAt: null };
	return { ...row, definition: targetInput.parse(row.definition) };
}

/**
 * Publishes a definition over the version that its editor saw. Returns the new version.
 *
 * @throws DomainError invalid, conflict (somebody published meanwhile)
 */
export async function publishTarget(
	{ db, now, random }: { readonly db: Database; readonly now: Now; readonly random: Random },
	input: unknown,
	seen: number,
	{ actor, origin }: Reader,
): Promise<number> {
	const parsed = targetInput.safeParse(input);
	if (!parsed.success) {
		const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))].map((field) => ({ field, code: 'format' }));
		throw new DomainError('invalid', 'The definition cannot be kept like this.', { fields });
	}
	return db.write(async (tx) => {
		const { version } = await liveTarget(tx);
		if (version !== seen) throw new DomainError('conflict', 'Somebody else has changed the definition meanwhile.');
		await tx.insert(targetDefinition).values({ version: version + 1, definition: parsed.data, author: actor, publishedAt: now() });
		await recordAudit(tx, { actor, action: 'target.publish', subject: `target:${version + 1}`, origin, detail: {} }, now(), random);
		return version + 1;
	});
}
