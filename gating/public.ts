/** Types of gating's parts that others see, where the part has no list of its own. */
export type { BeatResult } from './event/beat.ts';
export type { IngestInput, IngestResult } from './event/ingest.ts';
export type { ServerEvent } from './event/record.ts';
export type { Duplicate } from './identity/duplicates.ts';
export type { Merge } from './identity/merge.ts';
export type { ContentReference } from './lead/content-index.ts';
export type { ColumnKind, LeadColumn, LeadColumnKey } from './lead/columns.ts';
export type { LeadItem, LeadPage, LeadQuery } from './lead/list.ts';
export type { Timeline, TimelineItem, TimelineQuery } from './timeline/timeline.ts';
export type { TimelineKind } from './timeline/source.ts';
export type { LeadPerson, LeadSubmission, LeadView } from './lead/view.ts';
export type { SignIn, Staff, StaffDirectory } from './staff/create-staff.ts';
export type { StaffAction, StaffRole } from './staff/can.ts';
