import { postgresColumns } from '#kernel/columns.ts';

import { defineAccess } from './access/schema.ts';
import { defineAccounts } from './account/schema.ts';
import { defineChannels } from './channel/schema.ts';
import { defineCleaning } from './cleaning/schema.ts';
import { defineImports } from './import/schema.ts';
import { defineLifecycle } from './lifecycle/schema.ts';
import { defineReferrals } from './referral/schema.ts';
import { define } from './schema.ts';
import { defineUpkeep } from './upkeep/schema.ts';
import { defineTokens } from './token/schema.ts';
import { defineScreening } from './screening/schema.ts';
import { defineTags } from './tag/schema.ts';
import { defineScoring } from './scoring/schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const {
	visitor,
	person,
	personLookup,
	lead,
	consent,
	consentText,
	formSubmission,
	grant,
	pass,
	event,
	scoringModel,
	move,
	merge,
	staffSession,
} = define(postgresColumns);

export const { accessAsk, fileOpening } = defineAccess(postgresColumns);
export const { campaign, channel, channelCost, channelVisit, source, submissionArrival, tactic, touchpoint, utmRule, utmUnknown } =
	defineChannels(postgresColumns);
export const { account, accountDomain, accountMember, accountMerge } = defineAccounts(postgresColumns);
export const { cleaningAllow, cleaningHit } = defineCleaning(postgresColumns);
export const { importBatch, importPart, importRow, personAttribute } = defineImports(postgresColumns);
export const { invitation, invitationReview, referralProgramme, referralReward } = defineReferrals(postgresColumns);
export const { retention } = defineUpkeep(postgresColumns);
export const { apiToken } = defineTokens(postgresColumns);
export const { disposition, interaction, scoreLedger, staffMember, targetDefinition, workMove } = defineLifecycle(postgresColumns);
export const { screeningAnswer, screeningSheet } = defineScreening(postgresColumns);
export const { segment, tag, tagMark } = defineTags(postgresColumns);
export const { leadScore, scoringDraft, scoringPublication, scoringRevision, scoringSignOff } = defineScoring(postgresColumns);
