import { type Briefs, createBriefs } from '../brief/create-briefs.ts';
import type { Leads } from '../lead/create-leads.ts';
import { createMaterial, type Material } from '../material/create-material.ts';
import { materialData } from '../material/personal-data.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import { createDeals, type Deals } from '../deal/create-deals.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { WorkDeps } from '../lifecycle/log.ts';
import { accountExport, channelExport, queueExport } from '../export/other-lists.ts';
import { createExports, type Exports } from '../export/create-exports.ts';
import { leadExport } from '../export/lead-list.ts';
import type { ExportList } from '../export/list.ts';
import { exportData } from '../export/personal-data.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Accounts } from '../account/create-accounts.ts';
import type { Channels } from '../channel/create-channels.ts';
import type { KeptFiles } from '#kernel/kept-files.ts';
import { createWebhooks, type Webhooks, type WebhooksDeps } from '../webhook/create-webhooks.ts';
import { webhookData } from '../webhook/personal-data.ts';

/** How leads reach sales and their systems, and what comes back. */
export interface HandOff {
	/** What a CRM writes back. */
	readonly deals: Deals;
	/** Other systems that are told of leads. */
	readonly webhooks: Webhooks;
	/** Lists as files. */
	readonly exports: Exports;
	/** One page about a lead, for who calls them. */
	readonly briefs: Briefs;
	/** What sales hands on, and what owners are told. */
	readonly material: Material;
}

export interface HandOffDeps extends WorkDeps, WebhooksDeps, TagsDeps {
	readonly files: KeptFiles;
	/** Lists of other folders, read at each call. */
	readonly exportLists?: readonly ExportList[] | undefined;
	readonly accounts: Pick<Accounts, 'list'>;
	readonly channels: Pick<Channels, 'report' | 'tree'>;
	readonly timeZone: () => string;
	readonly work: Pick<Work, 'dispose' | 'give' | 'queue' | 'staff' | 'screening'>;
	readonly leads: Pick<Leads, 'get' | 'contentOf'>;
	readonly directory: StaffDirectory;
}

/** The parts of hand-off, what they keep of persons, and what they deliver. */
export function createHandOff(deps: HandOffDeps) {
	const lists = [leadExport(deps), accountExport(deps, deps.accounts), queueExport(deps, deps.work), channelExport(deps, deps.channels)];
	const exports = createExports({ ...deps, lists: () => [...lists, ...(deps.exportLists ?? [])] });
	const parts: HandOff = {
		deals: createDeals(deps),
		webhooks: createWebhooks(deps),
		exports,
		briefs: createBriefs(deps),
		material: createMaterial({ ...deps, contentOf: deps.leads.contentOf }),
	};
	return {
		parts,
		data: [webhookData(), exportData(), materialData()],
		handlers: { ...parts.webhooks.handlers, ...parts.material.handlers },
		jobs: exports.jobs,
		stop: () => parts.webhooks.stop(),
	};
}
