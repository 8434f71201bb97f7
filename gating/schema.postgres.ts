import { postgresColumns } from '#kernel/columns.ts';

import { defineAcceptance } from './acceptance/schema.ts';
import { defineAccess } from './access/schema.ts';
import { defineAccounts } from './account/schema.ts';
import { defineChannels } from './channel/schema.ts';
import { defineCleaning } from './cleaning/schema.ts';
import { defineConsents } from './consent/schema.ts';
import { defineDeals } from './deal/schema.ts';
import { defineDesk } from './desk/schema.ts';
import { defineEvents } from './event/schema.ts';
import { defineExperiments } from './experiment/schema.ts';
import { defineExports } from './export/schema.ts';
import { defineForms } from './form/schema.ts';
import { defineIdentity } from './identity/schema.ts';
import { defineImports } from './import/schema.ts';
import { defineJourneys } from './journey/schema.ts';
import { defineLifecycle } from './lifecycle/schema.ts';
import { defineMaterial } from './material/schema.ts';
import { defineMessages } from './message/schema.ts';
import { defineProfiles } from './profile/schema.ts';
import { defineReferrals } from './referral/schema.ts';
import { defineRouting } from './routing/schema.ts';
import { defineScoring } from './scoring/schema.ts';
import { defineScreening } from './screening/schema.ts';
import { defineSearchLog } from './search-log/schema.ts';
import { defineStaff } from './staff/schema.ts';
import { defineTags } from './tag/schema.ts';
import { defineTokens } from './token/schema.ts';
import { defineUpkeep } from './upkeep/schema.ts';
import { defineWebhooks } from './webhook/schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const { acceptanceModel } = defineAcceptance(postgresColumns);
export const { accessAsk, fileOpening, grant, pass } = defineAccess(postgresColumns);
export const { campaign, channel, channelCost, channelVisit, source, submissionArrival, tactic, touchpoint, utmRule, utmUnknown } =
	defineChannels(postgresColumns);
export const { account, accountDomain, accountMember, accountMerge, accountPost, postHolder, targetEntry, targetList } =
	defineAccounts(postgresColumns);
export const { cleaningAllow, cleaningHit } = defineCleaning(postgresColumns);
export const { importBatch, importPart, importRow, personAttribute } = defineImports(postgresColumns);
export const { invitation, invitationReview, referralProgramme, referralReward } = defineReferrals(postgresColumns);
export const { webhookAttempt, webhookDelivery, webhookEndpoint, webhookMessage } = defineWebhooks(postgresColumns);
export const { retention } = defineUpkeep(postgresColumns);
export const { apiToken } = defineTokens(postgresColumns);
export const { disposition, interaction, move, scoreLedger, staffMember, targetDefinition, workMove } = defineLifecycle(postgresColumns);
export const { handOver, routingTurn, staffAbsence, workRule } = defineRouting(postgresColumns);
export const { screeningAnswer, screeningSheet } = defineScreening(postgresColumns);
export const { segment, tag, tagMark } = defineTags(postgresColumns);
export const { leadScore, scoringDraft, scoringModel, scoringPublication, scoringRevision, scoringSignOff } = defineScoring(postgresColumns);
export const { journey, journeyEnrolment, journeyMember, journeySignal, journeyTask, journeyTrail, journeyVersion } =
	defineJourneys(postgresColumns);
export const { lead, merge, person, personLookup, visitor } = defineIdentity(postgresColumns);
export const { deal, dealChange } = defineDeals(postgresColumns);
export const { consent, consentText } = defineConsents(postgresColumns);
export const { materialOpening, materialShare, noticeChoice, ownerNotice } = defineMaterial(postgresColumns);
export const { message, messageDecision, messageRate, messageSettings, suppression } = defineMessages(postgresColumns);
export const { formSubmission } = defineForms(postgresColumns);
export const { experiment, experimentExposure, experimentVersion } = defineExperiments(postgresColumns);
export const { exportFile } = defineExports(postgresColumns);
export const { bulk, bulkLead, leadView, leadViewDefault } = defineDesk(postgresColumns);
export const { event } = defineEvents(postgresColumns);
export const { searchAsker, searchDay, searchTask, searchWords } = defineSearchLog(postgresColumns);
export const { slotImpression } = defineProfiles(postgresColumns);
export const { staffSession } = defineStaff(postgresColumns);
