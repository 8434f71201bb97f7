import { z } from '@hono/zod-openapi';

import { HOUR_MS } from '#kernel/clock.ts';

import { type AddRoutes, reply } from './api.ts';
import { asReader } from './auth.ts';
import { day, instant, json, problems, routesUnder, text } from './schema.ts';

const durations = z.object({ count: z.int(), medianHours: z.number(), p90Hours: z.number() });
const stage = z.enum(['raw', 'suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer']);

const funnelReport = z
	.object({
		query: z.object({ entry: stage, from: day, to: day, day }).loose(),
		readAt: instant,
		counts: z.record(z.string(), z.int()).openapi({
			description:
				'Leads by number. `at.<stage>` and `at.<stage>.<working state>`: the snapshot. `came.<stage>.<all|new|revived>`, `stands.<stage>`, `left.<stage>`: the cohort. `mql.<stage>.<new|revived>`: MQLs of the period. `called`, `reached`, `need`; `handed`, `followed`, `late`, `waiting`; `customers`, `reopened`, `rewon`; `won`, `won.marketing`. What nobody is in is left out.',
		}),
		lists: z.record(z.string(), z.string()).openapi({ description: 'By number: what `GET /leads?funnel=` takes to list exactly these leads' }),
		stays: z.record(z.string(), durations).openapi({ description: 'Time at a stage, of leads of the cohort that have left it' }),
		followUp: durations.nullable().openapi({ description: 'From hand-over to first follow-up' }),
		deals: z.object({
			count: z.int(),
			marketing: z.int(),
			values: z.array(z.object({ currency: z.string(), amount: z.int(), marketing: z.int() })),
		}),
	})
	.openapi('Funnel');

const routes = {
	read: routesUnder('Reports')({
		method: 'get',
		path: '/funnel',
		summary: 'The funnel: a snapshot of a day, and how far the leads of a period came',
		description: 'A lead counts once in a cohort, however often it went back and forth. Days are those of the company’s zone, both included.',
		request: {
			query: z.object({
				entry: stage.optional().openapi({ description: 'Leads that reached this stage in the period; `raw`, the default: leads made in it' }),
				from: day.optional(),
				to: day.optional(),
				day: day.optional().openapi({ description: 'Day of the snapshot; left out: today' }),
				channel: text(60).optional(),
				campaign: text(64).optional().openapi({ description: 'Id of a campaign' }),
				tactic: text(64).optional().openapi({ description: 'Id of a tactic' }),
				content: text(120).optional().openapi({ description: '`<type>:<content id>`' }),
				segment: text(64).optional().openapi({ description: 'Id of a segment' }),
			}),
		},
		responses: { 200: { description: 'The numbers', ...json(funnelReport) }, ...problems(401, 403, 404, 422) },
	}),
};

export const addFunnelRoutes: AddRoutes = (api, app) => {
	const { funnel } = app.gating;
	api.openapi(routes.read, (c) =>
		asReader(app, c, 'reports.read', async () => {
			const given = Object.fromEntries(Object.entries(c.req.valid('query')).filter(([, value]) => value !== undefined));
			const report = await funnel.read({ ...funnel.usual(), ...given });
			const { query, readAt, counts, stays, followUp, deals } = report;
			return reply(c, 200, {
				...{ query, readAt: readAt.toISOString(), counts, deals },
				lists: Object.fromEntries(Object.keys(counts).map((cell) => [cell, funnel.cellOf(report, cell)])),
				stays: Object.fromEntries(Object.entries(stays).map(([name, found]) => [name, inHours(found)])),
				followUp: followUp && inHours(followUp),
			});
		}),
	);
};

const inHours = ({ count, median, p90 }: { readonly count: number; readonly median: number; readonly p90: number }) => ({
	...{ count, medianHours: median / HOUR_MS, p90Hours: p90 / HOUR_MS },
});
