export type { Brief, Briefs, Reason } from './create-briefs.ts';
export type { Reading } from './reading.ts';
