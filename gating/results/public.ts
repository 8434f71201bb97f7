export type * from '../attribution/public.ts';
export type { Results } from './create-results.ts';
