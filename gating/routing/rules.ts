import { and, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';

import type { Reader } from '../lead/reader.ts';
import { workRule } from '../schema.ts';
import { DEFAULT_FOLLOW_UP, followUpInput } from './follow-up.ts';
import { DEFAULT_ROUTES, routesInput } from './route.ts';
import { DEFAULT_STANDARD, standardInput } from './standard.ts';

/** Rules that the company edits, each with versions of its own: when leads are handed over, who gets them, how soon they follow up. */
const RULES = {
	standard: { input: standardInput, shipped: DEFAULT_STANDARD },
	routing: { input: routesInput, shipped: DEFAULT_ROUTES },
	'follow-up': { input: followUpInput, shipped: DEFAULT_FOLLOW_UP },
} as const;
export type RuleKind = keyof typeof RULES;
export type RuleBody<K extends RuleKind> = z.infer<(typeof RULES)[K]['input']>;

export interface LiveRule<K extends RuleKind> {
	/** 0: as shipped. */
	readonly version: number;
	readonly body: RuleBody<K>;
	readonly author: string;
	readonly publishedAt: Date | null;
	/** The version that was taken up again, or null. */
	readonly restored: number | null;
}

/** The rule that holds. */
export async function liveRule<K extends RuleKind>(handle: Handle, kind: K): Promise<LiveRule<K>> {
	const [row] = await handle.select().from(workRule).where(eq(workRule.kind, kind)).orderBy(desc(workRule.version)).limit(1);
	if (!row) return { version: 0, body: RULES[kind].shipped as RuleBody<K>, author: 'system', publishedAt: null, restored: null };
	return { ...row, body: RULES[kind].input.parse(row.body) as RuleBody<K> };
}

/** The rule as it was in a version; null when there is none. */
export async function ruleVersion<K extends RuleKind>(handle: Handle, kind: K, version: number): Promise<RuleBody<K> | null> {
	if (version === 0) return RULES[kind].shipped as RuleBody<K>;
	const [row] = await handle
		.select()
		.from(workRule)
		.where(and(eq(workRule.kind, kind), eq(workRule.version, version)));
	return row ? (RULES[kind].input.parse(row.body) as RuleBody<K>) : null;
}

export type RuleVersion = Pick<LiveRule<RuleKind>, 'version' | 'author' | 'publishedAt' | 'restored'>;

/** Versions, newest first, at most 50; the shipped one last. */
export async function ruleHistory(handle: Handle, kind: RuleKind): Promise<RuleVersion[]> {
	const { version, author, publishedAt, restored } = workRule;
	const rows = await handle
		.select({ version, author, publishedAt, restored })
		.from(workRule)
		.where(eq(workRule.kind, kind))
		.orderBy(desc(version))
		.limit(50);
	return rows.length === 50 ? rows : [...rows, { version: 0, author: 'system', publishedAt: null, restored: null }];
}

/** Reads what was typed. @throws DomainError invalid, with the path of each field */
export function readRule<K extends RuleKind>(kind: K, input: unknown): RuleBody<K> {
	const parsed = RULES[kind].input.safeParse(input);
	if (parsed.success) return parsed.data as RuleBody<K>;
	const fields = parsed.error.issues.map(({ path, message }): FieldError => ({
		field: path.join('.'),
		code: CODES.has(message) ? message : 'format',
	}));
	throw new DomainError('invalid', 'The rule cannot be kept like this.', { fields });
}

/** Codes that the schemas give themselves. */
const CODES = new Set(['taken', 'choice', 'order', 'zone', 'before']);

export interface RulesDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
}

/**
 * Publishes a rule over the version that its editor saw. `check` refuses what the schema cannot see; `then` runs in the same body. Returns the
 * new version.
 *
 * @throws DomainError invalid, conflict (somebody published meanwhile)
 */
export async function publishRule<K extends RuleKind>(
	{ db, now, random }: RulesDeps,
	{ kind, input, seen, restored = null }: { readonly kind: K; readonly input: unknown; readonly seen: number; readonly restored?: number | null },
	{ actor, origin }: Reader,
	{ check, then }: { check?(tx: Handle, body: RuleBody<K>): Promise<void>; then?(tx: Handle): Promise<void> } = {},
): Promise<number> {
	const body = readRule(kind, input);
	return db.write(async (tx) => {
		const live = await liveRule(tx, kind);
		if (live.version !== seen) throw new DomainError('conflict', 'Somebody else has changed the rule meanwhile.');
		await check?.(tx, body);
		const version = live.version + 1;
		await tx.insert(workRule).values({ kind, version, body, author: actor, publishedAt: now(), restored });
		await then?.(tx);
		const detail = restored === null ? {} : { restored };
		await recordAudit(tx, { actor, action: `${kind}.publish`, subject: `${kind}:${version}`, origin, detail }, now(), random);
		return version;
	});
}
