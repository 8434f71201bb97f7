import { z } from '@hono/zod-openapi';

import type { Editor, StaffAction } from '#gating';
import { readCookie } from '#site/edge/cookie.ts';

import { type AddRoutes, type ApiApp, type ApiContext, problem, reply, type Reply } from './api.ts';
import { requireReader } from './auth.ts';
import { json, jsonBody, listOf, problems, routesUnder } from './schema.ts';

const model = z.record(z.string(), z.unknown()).openapi('ScoringModel', {
	description: 'fit, engagement and situations: lists of rules; grades and mql: thresholds. Points are whole hundredths.',
});
const revision = z.object({ revision: z.int().min(1).openapi({ description: 'The revision that was read: another one answers 409' }) });
const version = z.object({ version: z.int() });
const versionPath = { params: z.object({ version: z.coerce.number<string>().int().min(1).openapi({ description: 'Number of a version' }) }) };
const counts = { done: z.int().openapi({ description: 'Leads done' }), total: z.int().openapi({ description: 'Of so many' }) };
const begun = (description: string) => ({ 202: { description, ...json(z.object({ status: z.string() })) } });
const ended = { 200: { description: 'Ended; nobody’s score has changed', ...json(z.object({ status: z.string() })) } };
const draft = z.object({ revision: z.int(), base: z.int(), model }).loose().openapi('ScoringDraft');
const route = routesUnder('Scoring');

const routes = {
	model: route({
		method: 'get',
		path: '/scoring/model',
		summary: 'The model in use',
		responses: { 200: { description: 'With its version', ...json(version.extend({ model })) }, ...problems(401, 403) },
	}),
	versions: route({
		method: 'get',
		path: '/scoring/versions',
		summary: 'Every version with its author, who signed it, and what it changed',
		responses: { 200: { description: 'Newest first', ...json(listOf(version.loose())) }, ...problems(401, 403) },
	}),
	draft: route({
		method: 'get',
		path: '/scoring/draft',
		summary: 'The draft with its changes, sign-offs and preview',
		responses: { 200: { description: 'The draft', ...json(draft) }, ...problems(401, 403, 404) },
	}),
	put: route({
		method: 'put',
		path: '/scoring/draft',
		summary: 'Puts a whole model into the draft; begins one where there is none',
		request: jsonBody(z.object({ revision: z.int().min(1).optional(), model })),
		responses: { 200: { description: 'As saved', ...json(draft) }, ...problems(401, 403, 409, 422) },
	}),
	preview: route({
		method: 'post',
		path: '/scoring/draft/preview',
		summary: 'Works out who would move; the draft carries it once it is there',
		responses: { 202: { description: 'Begun', ...json(z.object({ status: z.string() })) }, ...problems(401, 403) },
	}),
	previewing: route({
		method: 'get',
		path: '/scoring/draft/preview',
		summary: 'How far a preview is; 404 while none is being worked out',
		responses: {
			200: { description: 'Progress', ...json(z.object({ state: z.enum(['waiting', 'failed']), ...counts })) },
			...problems(401, 403, 404),
		},
	}),
	cancelPreview: route({
		method: 'delete',
		path: '/scoring/draft/preview',
		summary: 'Ends a preview that is being worked out',
		responses: { ...ended, ...problems(401, 403, 409) },
	}),
	publication: route({
		method: 'get',
		path: '/scoring/publication',
		summary: 'How far the version being published is; 404 while there is none',
		responses: {
			200: { description: 'Progress', ...json(version.extend({ ...counts, hasFailed: z.boolean() })) },
			...problems(401, 403, 404),
		},
	}),
	cancel: route({
		method: 'post',
		path: '/scoring/versions/{version}/cancel',
		summary: 'Ends a publication before everybody switches',
		request: versionPath,
		responses: { ...ended, ...problems(401, 403, 409, 422) },
	}),
	retry: route({
		method: 'post',
		path: '/scoring/versions/{version}/retry',
		summary: 'Tries a publication anew that failed for good',
		request: versionPath,
		responses: { ...begun('Begun anew'), ...problems(401, 403, 409, 422) },
	}),
	precision: route({
		method: 'get',
		path: '/scoring/precision',
		summary: 'For each rule, how leads that held it at hand-over fared with sales; why leads came back',
		responses: {
			200: { description: 'Counts, shares and spans', ...json(z.object({ handedOver: z.int(), decided: z.int(), accepted: z.int() }).loose()) },
			...problems(401, 403),
		},
	}),
	chance: route({
		method: 'get',
		path: '/scoring/chance-of-acceptance',
		summary: 'What was learnt from decisions of sales, with its calibration; 404 before there are enough',
		responses: { 200: { description: 'The newest version', ...json(version.loose()) }, ...problems(401, 403, 404) },
	}),
	rollBack: route({
		method: 'post',
		path: '/scoring/versions/{version}/roll-back',
		summary: 'Publishes what an older version says, as a new one',
		request: versionPath,
		responses: { 202: { description: 'Begun, under its new number', ...json(version) }, ...problems(401, 403, 404, 409, 422) },
	}),
	sign: route({
		method: 'post',
		path: '/scoring/draft/sign-off',
		summary: 'Agrees to the draft for marketing or sales; by a member of staff, never by a token',
		request: jsonBody(revision.extend({ side: z.enum(['marketing', 'sales']) })),
		responses: { 200: { description: 'The draft', ...json(draft) }, ...problems(401, 403, 404, 409, 422) },
	}),
	publish: route({
		method: 'post',
		path: '/scoring/draft/publish',
		summary: 'Publishes the draft that both sides signed; everybody switches at once when all are scored',
		request: jsonBody(revision),
		responses: { 202: { description: 'Begun', ...json(version) }, ...problems(401, 403, 404, 409, 422) },
	}),
};

export const addScoringRoutes: AddRoutes = (api, app) => {
	const scoring = () => app.gating.scoring;
	const models = () => app.gating.scoring.models;
	const answer = async (c: ApiContext): Promise<Reply> => {
		const found = await models().draft();
		return found ? reply(c, 200, found) : problem(c, 'not-found');
	};

	api.openapi(routes.model, (c) => asEditor(app, c, 'scoring.read', async () => reply(c, 200, scoring().model())));
	api.openapi(routes.versions, (c) =>
		asEditor(app, c, 'scoring.read', async () => reply(c, 200, { items: await models().versions(), nextCursor: null })),
	);
	api.openapi(routes.draft, (c) => asEditor(app, c, 'scoring.read', () => answer(c)));
	api.openapi(routes.put, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => {
			const { revision: seen, model: written } = c.req.valid('json');
			const { revision: open } = await models().begin(by);
			const outcome = await models().save(seen ?? open, written, by);
			return outcome.status === 'saved' ? reply(c, 200, outcome.draft) : problem(c, 'conflict');
		}),
	);
	api.openapi(routes.preview, (c) =>
		asEditor(app, c, 'scoring.read', async () => {
			await models().preview();
			return reply(c, 202, { status: 'waiting' });
		}),
	);
	api.openapi(routes.previewing, (c) => asEditor(app, c, 'scoring.read', async () => orNotFound(c, await models().previewProgress())));
	api.openapi(routes.cancelPreview, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => {
			await models().cancelPreview(by);
			return reply(c, 200, { status: 'cancelled' });
		}),
	);
	api.openapi(routes.publication, (c) => asEditor(app, c, 'scoring.read', async () => orNotFound(c, await models().publication())));
	api.openapi(routes.cancel, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => {
			await models().cancel(c.req.valid('param').version, by);
			return reply(c, 200, { status: 'cancelled' });
		}),
	);
	api.openapi(routes.retry, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => {
			await models().retry(c.req.valid('param').version, by);
			return reply(c, 202, { status: 'waiting' });
		}),
	);
	api.openapi(routes.precision, (c) => asEditor(app, c, 'scoring.read', async () => reply(c, 200, await app.gating.acceptance.precision())));
	api.openapi(routes.chance, (c) => asEditor(app, c, 'scoring.read', async () => orNotFound(c, await app.gating.acceptance.model())));
	api.openapi(routes.rollBack, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => reply(c, 202, { version: await models().rollBack(c.req.valid('param').version, by) })),
	);
	api.openapi(routes.sign, (c) => {
		const { revision: seen, side } = c.req.valid('json');
		return asEditor(app, c, side === 'marketing' ? 'scoring.sign-marketing' : 'scoring.sign-sales', async (by, staffId) => {
			if (staffId === null) return problem(c, 'forbidden');
			await models().sign(seen, side, staffId, by);
			return answer(c);
		});
	});
	api.openapi(routes.publish, (c) =>
		asEditor(app, c, 'scoring.edit', async (by) => reply(c, 202, { version: await models().publish(c.req.valid('json').revision, by) })),
	);
};

const orNotFound = (c: ApiContext, found: object | null): Reply => (found ? reply(c, 200, found) : problem(c, 'not-found'));

/** Runs `then` for whoever may do `action`, by the name that versions bear. */
async function asEditor(
	app: ApiApp,
	c: ApiContext,
	action: StaffAction,
	then: (by: Editor, staffId: string | null) => Promise<Reply>,
): Promise<Reply> {
	const reader = await requireReader(app, c, action);
	if (typeof reader === 'string') return problem(c, reader);
	const member = reader.actor.startsWith('staff:') ? await app.gating.staff.session(readCookie(c.req.header('cookie'), 'foyer_staff')) : null;
	return then({ actor: reader.actor, origin: reader.origin, name: member?.name ?? 'API' }, member?.id ?? null);
}
