/**
 * The public API under `/api/v1`: each route parses, calls one function of the app, maps its outcome and answers.
 * Rates, sizes and origins were checked by the edge; events and streams never come here.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';

import type { FieldError } from '#kernel/errors.ts';
import type { ApiEnv } from '#site/edge/parts.ts';

import { type Api, type ApiApp, type ApiEnvironment, problem } from './api.ts';
import { addAccessRoutes } from './access.ts';
import { addAccountRoutes } from './accounts.ts';
import { addAudienceRoutes } from './audience.ts';
import { addChannelRoutes } from './channels.ts';
import { addCrmRoutes } from './crm.ts';
import { addConsentRoutes } from './consents.ts';
import { addDocs } from './docs.ts';
import { addEventRoutes } from './events.ts';
import { addExportRoutes } from './exports.ts';
import { addFormRoutes } from './forms.ts';
import { addHookRoutes } from './hooks.ts';
import { addImportRoutes } from './imports.ts';
import { addFunnelRoutes } from './funnel.ts';
import { addLeadRoutes } from './leads.ts';
import { addOfferRoutes } from './offers.ts';
import { addReferralRoutes } from './referrals.ts';
import { refusalOf } from './problem.ts';
import { addScoringRoutes } from './scoring.ts';
import { addSearchRoutes } from './search.ts';
import { addWebhookDocs } from './webhooks.ts';
import { addRoomRoutes } from './webinar-room.ts';
import { addStudioRoutes } from './webinar-studio.ts';
import { addReplayRoutes } from './webinar-replay.ts';
import { addWebinarRoutes } from './webinars.ts';
import { addOnSiteRoutes } from './webinar-on-site.ts';
import { addStageRoutes } from './webinar-stage.ts';
import { addWorkRoutes } from './work.ts';

export function createApi(app: ApiApp): (request: Request, env: ApiEnv) => Response | Promise<Response> {
	const api: Api = new OpenAPIHono<ApiEnvironment>({
		defaultHook: (result, c) => (result.success ? undefined : problem(c, 'invalid', fieldErrors(result.error))),
	}).basePath('/api/v1');
	for (const add of [
		addConsentRoutes,
		addFormRoutes,
		addAccessRoutes,
		addEventRoutes,
		addLeadRoutes,
		addFunnelRoutes,
		addWorkRoutes,
		addCrmRoutes,
		addAccountRoutes,
		addAudienceRoutes,
		addOfferRoutes,
		addWebinarRoutes,
		addReplayRoutes,
		addStageRoutes,
		addRoomRoutes,
		addStudioRoutes,
		addOnSiteRoutes,
		addScoringRoutes,
		addSearchRoutes,
		addChannelRoutes,
		addImportRoutes,
		addExportRoutes,
		addReferralRoutes,
		addHookRoutes,
		addWebhookDocs,
		addDocs,
	])
		add(api, app);

	api.notFound((c) => problem(c, 'not-found'));
	api.onError((error, c) => {
		if (error instanceof HTTPException) return problem(c, error.status === 400 ? 'malformed' : 'internal');
		const { refusal, fields } = refusalOf(error);
		if (refusal === 'internal') app.log.error({ err: error, requestId: c.env.requestId, path: c.req.path }, 'an API call failed');
		return problem(c, refusal, fields);
	});
	return (request, env) => api.fetch(request, env);
}

/** The wrong fields of a body or query, each once, by codes that have words. */
function fieldErrors(error: z.core.$ZodError): FieldError[] {
	const found = new Map<string, FieldError>();
	for (const issue of error.issues) {
		const field = issue.path.map(String).join('.');
		if (!found.has(field)) found.set(field, { field, code: codeOf(issue) });
	}
	return [...found.values()];
}

function codeOf(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			// The value itself is not told, so that it cannot end up in a log.
			return issue.message.endsWith('received undefined') ? 'required' : 'type';
		case 'too_big':
			return 'too-long';
		case 'too_small':
			return 'too-short';
		case 'invalid_format':
			return 'format';
		case 'invalid_value':
		case 'unrecognized_keys':
			return 'unknown';
		case 'custom':
			return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'other';
		default:
			return 'other';
	}
}
