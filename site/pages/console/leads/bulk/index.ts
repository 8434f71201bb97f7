import type { APIRoute } from 'astro';

import { isDomainError } from '#kernel/errors.ts';

import { queryOf, readFilter } from '../../../../components/console/lead-filter.ts';
import { openConsole } from '../../../../components/console/open.ts';

const LIST = '/console/leads';

export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'leads.work');
	return session instanceof Response ? session : context.redirect(LIST, 303);
};

/** Orders an act on many leads; leads back to the list when it is done at once, else to its progress. */
export const POST: APIRoute = async (context) => {
	const session = await openConsole(context, 'leads.work');
	if (session instanceof Response) return session;
	const { app } = context.locals;
	const data = await context.request.formData();
	const value = (name: string) => String(data.get(name) ?? '').slice(0, 2_000);
	const back = new URL(value('filter'), `http://console.invalid${LIST}`);
	const filter = readFilter(back.searchParams);
	const kind = value('kind');
	const act = {
		kind,
		value: value({ assign: 'owner', tag: 'tag', 'target-list': 'list' }[kind] ?? ''),
		reason: kind === 'disqualified' ? value('reason') : '',
	};
	const query = queryOf({ ...filter, cursor: '' }, app.now(), app.cms.snapshot().site.timeZone);
	const ids = data.getAll('lead').map((id) => String(id).slice(0, 64));
	const params = back.searchParams;
	try {
		const id = await app.gating.bulk.order(act, value('scope') === 'all' ? { kind: 'all', query } : { kind: 'chosen', ids }, session.agent);
		const done = await app.gating.bulk.get(id);
		if (done?.state !== 'done') return context.redirect(`${LIST}/bulk/${id}`, 303);
		params.set('acted', id);
	} catch (error) {
		if (!isDomainError(error) || error.code !== 'invalid') throw error;
		params.set('acted', 'wrong');
	}
	return context.redirect(`${LIST}?${params.toString()}`, 303);
};
