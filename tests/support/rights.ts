import type { StaffAction } from '#gating';

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
	'calendar.astro': { read: 'reports.read' },
	'mailings/[id]/html.ts': { read: 'reports.read', isDownload: true },
	'mailings/[id]/index.astro': { read: 'reports.read', change: 'audience.edit' },
	'mailings/index.astro': { read: 'reports.read', change: 'audience.edit' },
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
	'journeys/[id]/edit.astro': { read: 'audience.edit' },
	'journeys/[id]/index.astro': { read: 'reports.read', change: 'audience.edit' },
	'journeys/[id]/people.astro': { read: 'leads.list' },
	'journeys/[id]/test.astro': { read: 'audience.edit' },
	'journeys/[id]/versions.astro': { read: 'audience.edit' },
	'journeys/index.astro': { read: 'reports.read', change: 'audience.edit' },
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
	'reports/index.astro': { read: 'reports.read', change: 'audience.edit' },
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
