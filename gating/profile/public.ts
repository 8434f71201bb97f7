export type { Profiles } from './create-profiles.ts';
export type { SlotShown } from './impressions.ts';
export type { BuyerStage, Profile } from './profile.ts';
