export type { Nurture } from './create-nurture.ts';
