export type { History, PastSession } from './create-history.ts';
