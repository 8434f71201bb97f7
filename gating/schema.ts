/** All tables of gating but those of offers; each folder describes its own. */
export { accessAsk, fileOpening, grant, pass } from './access/schema.ts';
export { account, accountDomain, accountMember, accountMerge } from './account/schema.ts';
export { campaign, channel, channelCost, channelVisit, source, tactic } from './channel/schema.ts';
export { submissionArrival, touchpoint, utmRule, utmUnknown } from './channel/schema.ts';
export { cleaningAllow, cleaningHit } from './cleaning/schema.ts';
export { consent, consentText } from './consent/schema.ts';
export { event } from './event/schema.ts';
export { formSubmission } from './form/schema.ts';
export { lead, merge, person, personLookup, visitor } from './identity/schema.ts';
export { importBatch, importPart, importRow, personAttribute } from './import/schema.ts';
export { disposition, interaction, move, scoreLedger, staffMember, targetDefinition, workMove } from './lifecycle/schema.ts';
export { invitation, invitationReview, referralProgramme, referralReward } from './referral/schema.ts';
export { leadScore, scoringDraft, scoringModel, scoringPublication, scoringRevision, scoringSignOff } from './scoring/schema.ts';
export { screeningAnswer, screeningSheet } from './screening/schema.ts';
export { staffSession } from './staff/schema.ts';
export { segment, tag, tagMark } from './tag/schema.ts';
export { apiToken } from './token/schema.ts';
export { retention } from './upkeep/schema.ts';
