import { createHash, timingSafeEqual } from 'node:crypto';

import type { Agent, Gating, Reader, StaffAction, TokenHolder } from '#gating';
import { readCookie } from '#site/edge/cookie.ts';

import { type ApiApp, type ApiContext, problem, type Reply } from './api.ts';

const BEARER = 'Bearer ';

/** Where tokens are known. */
export interface TokenParts {
	readonly config: { readonly server: { readonly apiToken: string | null } };
	readonly gating: { readonly tokens: Pick<Gating['tokens'], 'holder'> };
}

/** Who shows a token in the `Authorization` header: one made in the console, or the hub's own with every right. Null for a wrong one and for none. */
export function holderOf({ config, gating }: TokenParts, authorization: string | undefined): TokenHolder | null {
	if (!authorization?.startsWith(BEARER)) return null;
	const secret = authorization.slice(BEARER.length).trim();
	const own = config.server.apiToken;
	if (own !== null && timingSafeEqual(digest(secret), digest(own))) return { actor: 'api:FOYER_API_TOKEN', may: () => true };
	return gating.tokens.holder(secret);
}

/** Whether a form comes from a system that has limits of its own. */
export function maySend(app: ApiApp, c: ApiContext): boolean {
	return holderOf(app, c.req.header('authorization'))?.may('submissions.send') ?? false;
}

/**
 * Who reads leads: the holder of a token, or a member of staff who may do `action`. A wrong token is refused even
 * beside a good session, so that a mistake is noticed.
 */
export async function requireReader(app: ApiApp, c: ApiContext, action: StaffAction): Promise<Reader | 'not-signed-in' | 'forbidden'> {
	const origin = c.env.network;
	const authorization = c.req.header('authorization');
	if (authorization !== undefined) {
		const holder = holderOf(app, authorization);
		if (!holder) return 'not-signed-in';
		return holder.may(action) ? { actor: holder.actor, origin, seesPeople: holder.may('people.read') } : 'forbidden';
	}
	const { staff } = app.gating;
	const member = await staff.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
	if (!member) return 'not-signed-in';
	if (!staff.can(member.role, action)) return 'forbidden';
	return { actor: `staff:${member.id}`, origin, seesPeople: staff.can(member.role, 'people.read') };
}

/** The same as who works leads: a member of staff, or a system with a token. */
async function requireAgent(app: ApiApp, c: ApiContext, action: StaffAction): Promise<Agent | 'not-signed-in' | 'forbidden'> {
	const reader = await requireReader(app, c, action);
	if (typeof reader === 'string') return reader;
	const { staff, work } = app.gating;
	const authorization = c.req.header('authorization');
	const holder = holderOf(app, authorization);
	if (authorization !== undefined) return work.systemAgent(reader, holder !== null && (holder.may('leads.sell') || holder.may('crm.write')));
	const member = await staff.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
	return member ? work.agentOf(member, reader) : 'not-signed-in';
}

/** Answers whoever may do `action`, and refuses everybody else. */
export async function asReader(app: ApiApp, c: ApiContext, action: StaffAction, act: (reader: Reader) => Promise<Reply>): Promise<Reply> {
	const reader = await requireReader(app, c, action);
	return typeof reader === 'string' ? problem(c, reader) : act(reader);
}

/** The same for who works leads. */
export async function asAgent(app: ApiApp, c: ApiContext, action: StaffAction, act: (agent: Agent) => Promise<Reply>): Promise<Reply> {
	const agent = await requireAgent(app, c, action);
	return typeof agent === 'string' ? problem(c, agent) : act(agent);
}

/** The same for acts on leads: those of somebody else are refused to who works only their own. */
export function asOwner(
	app: ApiApp,
	c: ApiContext,
	acted: Parameters<Gating['work']['isMine']>[0],
	act: (agent: Agent) => Promise<Reply>,
): Promise<Reply> {
	return asAgent(app, c, 'leads.work', async (agent) => ((await app.gating.work.isMine(acted, agent)) ? act(agent) : problem(c, 'forbidden')));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
