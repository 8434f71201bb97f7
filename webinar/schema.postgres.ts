import { postgresColumns } from '#kernel/columns.ts';

import { define as defineAftermath } from './aftermath/schema.ts';
import { define as defineInteraction } from './interaction/schema.ts';
import { define as defineLibrary } from './library/schema.ts';
import { define as defineOnSite } from './on-site/schema.ts';
import { defineReplay } from './replay/schema.ts';
import { define as definePromotion } from './promotion/schema.ts';
import { define } from './schema.ts';
import { define as defineStage } from './stage/schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const { occurrence, registration, stay, attendance, roomSignal } = define(postgresColumns);
export const { draw, drawEntry, interaction, pollVote, question, questionVote, roomBan, roomPoll, roomRules } = defineInteraction(postgresColumns);
export const { recording, stageSeat } = defineStage(postgresColumns);
export const { certificate, followUp, lateQuestion, surveyAnswer } = defineAftermath(postgresColumns);
export const { follow, followTold } = defineLibrary(postgresColumns);
export const { checkIn } = defineOnSite(postgresColumns);
export const { replayAnswer, replayPass, replayTerms, replayView } = defineReplay(postgresColumns);
export const { invitation, runSheet, siteBanner } = definePromotion(postgresColumns);
