import type { StaffAction, TokenRight } from '#gating';

/**
 * Who may do what, as the company decided it, apart from the code that keeps to it. A page, act or route that is not here fails the test;
 * whoever adds one says here who it is for.
 */
type Right = StaffAction | 'anybody signed in' | 'everybody' | 'nobody';

interface PageRights {
	readonly read: Right;
	/** Of a form sent to it; left out: as reading. */
	readonly change?: Right;
	/** Acts of its forms (field `action`) that ask another right, with the other fields they are told by. */
	readonly acts?: Readonly<Record<string, { readonly right: StaffAction; readonly fields: Readonly<Record<string, string>> }>>;
	/** A file: nothing is sent to it. */
	readonly isDownload?: true;
}

const LEADS = { read: 'leads.list', change: 'leads.work' } as const;
const AUDIENCE = { read: 'leads.list', change: 'audience.edit' } as const;
const CHANNELS = { read: 'channels.read', change: 'channels.edit' } as const;
const MODEL = { read: 'scoring.read', change: 'scoring.edit' } as const;

/** By file under `site/pages/console`. */
export const PAGE_RIGHTS: Readonly<Record<string, PageRights>> = {
	'[...rest].astro': { read: 'anybody signed in' },
	'accounts/[id].astro': LEADS,
	'accounts/index.astro': LEADS,
	'attribution/index.astro': { read: 'reports.read' },
	'attribution/list.astro': { read: 'reports.read' },
	'audit.astro': { read: 'audit.read' },
	'channel-report.astro': { read: 'channels.read' },
	'channels/[code].astro': CHANNELS,
	'channels/index.astro': CHANNELS,
	'content.astro': { read: 'content.read' },
	'delivery/index.astro': { read: 'mailbox.read', change: 'audience.edit' },
	'delivery/settings.astro': { read: 'mailbox.read', change: 'audience.edit' },
	'delivery/suppressions.astro': { read: 'mailbox.read', change: 'audience.edit' },
	// It says no, to whomever.
	'forbidden.astro': { read: 'nobody' },
	'costs.astro': { read: 'channels.edit' },
	'experiments/[id]/counted.astro': { read: 'reports.read' },
	'experiments/[id]/edit.astro': { read: 'audience.edit' },
	'experiments/[id]/index.astro': { read: 'reports.read', change: 'audience.edit' },
	'experiments/index.astro': { read: 'reports.read' },
	'experiments/slots.astro': { read: 'reports.read', change: 'audience.edit' },
	// Of their own; each list asks its page's right.
	'exports/[id]/file.ts': { read: 'anybody signed in', isDownload: true },
	'exports/index.astro': {
		read: 'anybody signed in',
		acts: {
			'take leads away': { right: 'leads.list', fields: { list: 'leads', format: 'none' } },
			'take channels away': { right: 'channels.read', fields: { list: 'channels', format: 'none' } },
			'take registrations away': { right: 'webinars.read', fields: { list: 'registrations', format: 'none' } },
		},
	},
	'follow-up.astro': MODEL,
	'funnel.astro': { read: 'reports.read' },
	'hand-over.astro': MODEL,
	'imports/[id]/errors.ts': { read: 'leads.import', isDownload: true },
	'imports/[id]/index.astro': { read: 'leads.import' },
	'imports/index.astro': { read: 'leads.import' },
	'index.astro': { read: 'anybody signed in' },
	'language.ts': { read: 'everybody' },
	'leads/[id].astro': { read: 'leads.receipt', change: 'leads.work' },
	'leads/[id]/brief.astro': { read: 'people.read' },
	'leads/[id]/brief.pdf.ts': { read: 'people.read', isDownload: true },
	'leads/[id]/messages.astro': { read: 'people.read', change: 'leads.work' },
	'material.astro': { read: 'leads.work' },

	'leads/[id]/screening.astro': { read: 'leads.work' },
	'leads/[id]/work.astro': { read: 'leads.work' },
	'leads/bulk/[id].astro': { read: 'leads.work' },
	'leads/bulk/index.ts': { read: 'leads.work' },
	'leads/index.astro': { read: 'leads.list' },
	'leads/new.astro': { read: 'leads.work' },
	'mailbox/[id]/calendar.ts': { read: 'mailbox.read', isDownload: true },
	'mailbox/[id]/html.ts': { read: 'mailbox.read', isDownload: true },
	'mailbox/[id]/index.astro': { read: 'mailbox.read' },
	'mailbox/index.astro': { read: 'mailbox.read' },
	'offers/[id].astro': LEADS,
	'offers/index.astro': { read: 'leads.list' },
	'offers/links.astro': { read: 'leads.work' },
	'offers/quotes/[id].astro': { read: 'leads.list' },
	'outbox.astro': { read: 'mailbox.read' },
	'privacy.astro': { read: 'settings.edit' },
	'quarantine.astro': { read: 'leads.work' },
	'queue.astro': { read: 'leads.work' },
	'referrals/[code].astro': CHANNELS,
	'referrals/index.astro': CHANNELS,
	'reports/[report].csv.ts': { read: 'reports.read', isDownload: true },
	'reports/content/index.astro': { read: 'reports.read' },
	'reports/content/item.astro': { read: 'reports.read' },
	'reports/index.astro': { read: 'reports.read' },
	'reports/webinars.astro': { read: 'reports.read' },
	'routing.astro': MODEL,
	'scoring/draft.astro': {
		...MODEL,
		acts: {
			'sign for marketing': { right: 'scoring.sign-marketing', fields: { action: 'sign', side: 'marketing', revision: '0' } },
			'sign for sales': { right: 'scoring.sign-sales', fields: { action: 'sign', side: 'sales', revision: '0' } },
		},
	},
	'scoring/history.astro': MODEL,
	'scoring/index.astro': MODEL,
	'scoring/chance.astro': { read: 'scoring.read' },
	'scoring/precision/index.astro': { read: 'scoring.read' },
	'scoring/precision/leads.astro': { read: 'leads.list' },
	'scoring/preview.astro': { read: 'scoring.read', acts: { cancel: { right: 'scoring.edit', fields: { action: 'cancel' } } } },
	'scoring/rule.astro': { read: 'scoring.edit' },
	'search/[id].astro': { read: 'reports.read', change: 'audience.edit' },
	'search/index.astro': { read: 'reports.read', change: 'audience.edit' },
	'search/report.csv.ts': { read: 'reports.read', isDownload: true },
	'segments/[id].astro': AUDIENCE,
	'segments/index.astro': { read: 'leads.list' },
	'sheets/[key].astro': MODEL,
	'sheets/index.astro': MODEL,
	'sign-in.astro': { read: 'everybody' },
	'sign-out.ts': { read: 'everybody' },
	'styleguide.astro': { read: 'anybody signed in' },
	'tags.astro': AUDIENCE,
	'target-lists/[id].astro': LEADS,
	'target-lists/index.astro': LEADS,
	'target.astro': MODEL,
	'tokens.astro': { read: 'settings.edit' },
	'utm.astro': CHANNELS,
	'view-as.astro': { read: 'people.read' },
	'webhooks/[id]/[delivery].astro': { read: 'settings.edit' },
	'webhooks/[id]/index.astro': { read: 'settings.edit' },
	'webhooks/index.astro': { read: 'settings.edit' },
	'webhooks/new.astro': { read: 'settings.edit' },
	'webinars/[id].astro': {
		read: 'webinars.read',
		change: 'webinars.host',
		acts: { decide: { right: 'webinars.host', fields: { action: 'approve' } } },
	},
	'webinars/past.astro': {
		read: 'leads.import',
		acts: { 'add a session held elsewhere': { right: 'leads.import', fields: { webinar: 'none' } } },
	},
	'webinars/[id]/promotion.astro': {
		read: 'webinars.read',
		change: 'webinars.host',
		acts: {
			'make a link': { right: 'channels.edit', fields: { action: 'link' } },
			invite: { right: 'audience.edit', fields: { action: 'invite' } },
		},
	},
	'webinars/[id]/poster-file.ts': { read: 'channels.read', isDownload: true },
	'webinars/[id]/poster.astro': { read: 'channels.read' },
	'webinars/[id]/run-sheet.astro': { read: 'webinars.host' },
	'webinars/[id]/check-in.astro': { read: 'webinars.host' },
	'webinars/[id]/green-room.astro': { read: 'webinars.host' },
	'webinars/[id]/people.astro': { read: 'webinars.read' },
	'webinars/[id]/questions.astro': { read: 'webinars.host' },
	'webinars/[id]/report.astro': { read: 'webinars.read' },
	'webinars/[id]/captions.astro': { read: 'webinars.host' },
	'webinars/[id]/replay.astro': { read: 'webinars.host' },
	'webinars/[id]/studio.astro': { read: 'webinars.host' },
	'webinars/index.astro': { read: 'webinars.read' },
};

/** `public`: asked for by browsers of readers, each by rules of its own (proof, pass, registration). */
type ApiRight =
	| StaffAction
	| 'public'
	/** `token` null: of several rights any will do, so that the test of single rights leaves it out. `body`: what is asked instead of the least. */
	| { readonly staff: StaffAction; readonly token: TokenRight | null; readonly body?: unknown };

/** Written back by a CRM with a right of its own, or by who sells. */
const CRM = { staff: 'leads.sell', token: 'crm.write' } as const;

/** By method and path of the documented API. */
export const API_RIGHTS: Readonly<Record<string, ApiRight>> = {
	'GET /webinars/{slug}/draws/{id}': 'public',
	'GET /webinars/{slug}/draws/{id}/own': 'public',
	'GET /occurrences/{id}/board': 'webinars.host',
	'POST /occurrences/{id}/acts': { staff: 'webinars.host', token: null, body: { act: 'pin', seq: null } },
	'GET /accounts': 'leads.list',
	'GET /accounts/{id}': 'leads.list',
	'PATCH /accounts/{id}': 'leads.work',
	'POST /accounts/{id}/merge': 'leads.work',
	'POST /account-merges/{id}/undo': 'leads.work',
	'GET /offers': 'public',
	'POST /offers/{slug}/claims': 'public',
	'GET /quotes': 'leads.list',
	'POST /quotes': 'public',
	'GET /funnel': 'reports.read',
	'GET /tags': 'leads.list',
	'GET /leads/{id}/tags': 'leads.list',
	'PUT /leads/{id}/tags/{code}': 'leads.work',
	'DELETE /leads/{id}/tags/{code}': 'leads.work',
	'GET /segments': 'leads.list',
	'GET /segments/{id}': 'leads.list',
	'POST /segments/count': 'leads.list',
	'GET /segments/{id}/members': 'leads.list',
	'GET /search': 'public',
	'GET /search/suggest': 'public',
	'GET /leads/{id}/work': 'leads.receipt',
	'POST /leads/{id}/interactions': 'leads.work',
	'POST /leads/{id}/dispositions': 'leads.work',
	'POST /dispositions/{id}/undo': 'leads.work',
	'GET /leads/{id}/screening': 'leads.work',
	'POST /leads/{id}/screening': 'leads.work',
	'POST /exports': { staff: 'leads.list', token: 'leads.list', body: { list: 'leads', format: 'csv' } },
	// Whoever may see any list has files of their own.
	'GET /exports/{id}': { staff: 'webinars.read', token: null },
	'GET /exports/{id}/file': { staff: 'webinars.read', token: null },
	'DELETE /exports/{id}': { staff: 'webinars.read', token: null },
	'PUT /leads/{id}/stage': CRM,
	'PUT /leads/{id}/owner': CRM,
	'GET /leads/{id}/deals': 'leads.receipt',
	'PUT /leads/{id}/deals/{externalId}': CRM,
	'GET /leads': 'leads.list',
	'GET /leads/{id}': 'leads.list',
	'GET /leads/{id}/score': 'leads.receipt',
	'GET /leads/{id}/timeline': 'leads.list',
	'POST /leads/{id}/merge': 'leads.work',
	'POST /merges/{id}/undo': 'leads.work',
	'GET /channels': 'channels.read',
	'POST /channels': 'channels.edit',
	'GET /sources': 'channels.read',
	'POST /sources': 'channels.edit',
	'PATCH /sources/{code}': 'channels.edit',
	'GET /sources/{code}/qr': 'channels.read',
	'GET /channel-costs': 'channels.read',
	'PUT /channel-costs': 'channels.edit',
	'POST /visits': 'public',
	'GET /referrals': 'channels.read',
	'POST /referrals': 'channels.edit',
	'GET /referrals/{code}': 'channels.read',
	'PATCH /referrals/{code}': 'channels.edit',
	'GET /referrals/{code}/results': 'channels.read',
	'POST /referrals/{code}/reviews': 'channels.edit',
	'POST /leads/import': 'leads.import',
	'POST /leads': 'leads.work',
	'GET /imports/{id}': 'leads.import',
	'GET /scoring/model': 'scoring.read',
	'GET /scoring/versions': 'scoring.read',
	'GET /scoring/draft': 'scoring.read',
	'PUT /scoring/draft': 'scoring.edit',
	'POST /scoring/draft/preview': 'scoring.read',
	'GET /scoring/draft/preview': 'scoring.read',
	'DELETE /scoring/draft/preview': 'scoring.edit',
	'GET /scoring/publication': 'scoring.read',
	'GET /scoring/precision': 'scoring.read',
	'GET /scoring/chance-of-acceptance': 'scoring.read',
	'POST /scoring/versions/{version}/cancel': 'scoring.edit',
	'POST /scoring/versions/{version}/retry': 'scoring.edit',
	'POST /scoring/versions/{version}/roll-back': 'scoring.edit',
	// Of the side that the body names; the first is marketing.
	'POST /scoring/draft/sign-off': 'scoring.sign-marketing',
	'POST /scoring/draft/publish': 'scoring.edit',
	'POST /webinars/{slug}/registrations': 'public',
	'POST /webinars/{slug}/token': 'public',
	'POST /webinars/{slug}/stage': 'public',
	'POST /speaker/token': 'public',
	'GET /speaker/stage': 'public',
	'POST /occurrences/{id}/stage/token': { staff: 'webinars.host', token: null },
	'GET /occurrences/{id}/check-ins': { staff: 'webinars.host', token: null },
	'POST /occurrences/{id}/check-ins': { staff: 'webinars.host', token: null },
	'PUT /occurrences/{id}/recordings/{upload}': { staff: 'webinars.host', token: null },
	'GET /occurrences/{id}/stage': { staff: 'webinars.host', token: null },
	'POST /occurrences/{id}/stage': { staff: 'webinars.host', token: null, body: { act: 'layout', layout: 'grid' } },
	'POST /webinars/{slug}/interactions': 'public',
	'POST /webinars/{slug}/beats': 'public',
	'POST /webinars/{slug}/replay/beats': 'public',
	'GET /webinars/{slug}/stream': 'public',
	'POST /beats': 'public',
	'GET /challenge': 'public',
	'POST /events': 'public',
	'POST /codes': 'public',
	'POST /passes': 'public',
	'POST /consents': 'public',
	'GET /forms/{key}': 'public',
	'GET /forms/{key}/proof': 'public',
	'GET /companies': 'public',
	'POST /forms/{key}/submissions': 'public',
};

/** Addresses of the API that its description leaves out, by method and path. All are everybody's, or prove who asks in their own way. */
export const API_BESIDE = ['POST /hooks/cms', 'POST /hooks/livekit', 'POST /consents', 'GET /openapi.json', 'GET /docs.css', 'GET /docs'] as const;
