export type { ImportReach, ImportTarget } from './batch.ts';
export type { ImportRowView, ImportView } from './create-imports.ts';
export type { EnteredLead, EntryField, EntryResult } from './enter.ts';
export type { ImportSession } from './presence.ts';
export type { ImportedSessions, SessionRow } from './sessions.ts';
export type { ImportSettings } from './settings.ts';
