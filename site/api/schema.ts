import { createRoute, z } from '@hono/zod-openapi';

import { LOCALES } from '#cms/content.ts';

/** Shapes that several nouns share. */
export const locale = z.enum(LOCALES).openapi({ example: 'en' });
export const instant = z.iso.datetime().openapi({ description: 'UTC', example: '2026-03-01T15:00:00.000Z' });
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const points = z.number().openapi({ description: 'Points, with two decimals' });

/** U+0000 and lone surrogates: one database stores them, the other fails. */
export const text = (longest: number) =>
	z
		.string()
		.max(longest)
		.refine((value) => value.isWellFormed() && !value.includes('\0'), { params: { code: 'characters' }, message: 'characters' });

export const problemDocument = z
	.object({
		type: z.literal('about:blank'),
		title: z.string(),
		status: z.int(),
		detail: z.string(),
		instance: z.string().openapi({ description: 'Names the request in the logs' }),
		code: z.string(),
		errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
	})
	.openapi('Problem');

/** For a token or a member of staff. */
export const security = [{ token: [] }, { staff: [] }];

/** Routes of one heading of the documentation, for a token or a member of staff. */
export const routesUnder =
	(tag: string) =>
	<P extends Parameters<typeof createRoute>[0]>(route: P) =>
		createRoute({ ...route, tags: [tag], security });

/** The refusals a route documents, by status. */
export function problems(...statuses: readonly number[]) {
	const content = { 'application/problem+json': { schema: problemDocument } };
	return Object.fromEntries(statuses.map((status) => [status, { description: REASONS[status] ?? 'Refused', content }]));
}

const REASONS: Readonly<Record<number, string>> = {
	400: 'The request cannot be read',
	401: 'Neither a token nor a session',
	403: 'The right is missing',
	404: 'Nothing of that name',
	409: 'It conflicts with what is there',
	422: 'Fields need another look',
	429: 'Too many requests; see Retry-After',
	503: 'A part of the system does not answer',
};

export const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
/** With this header a repeat is answered like the first request. */
export const repeatable = { headers: z.object({ 'idempotency-key': text(200).optional() }) };
export const jsonBody = <T extends z.ZodType>(schema: T) => ({ body: { required: true, ...json(schema) } });
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
