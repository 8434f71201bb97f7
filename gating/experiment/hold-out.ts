import { positionOf } from './assign.ts';

/** Part of the visitors with consent who get the editors' order, so that what personalisation brings is measured and not believed. */
export const HELD_OUT_SHARE = 0.05;
/** Exposures of slots are kept under this name and the slot's: `slot:home-for-you`. */
const PREFIX = 'slot:';
export const SLOT_VERSION = 1;
export const GROUPS = ['held-out', 'personalised'] as const;
export type SlotGroup = (typeof GROUPS)[number];

/** Whether a browser is one of the control group, for all slots alike and for good. */
export const isHeldOut = (visitorId: string): boolean => positionOf('personalisation.hold-out', visitorId) < HELD_OUT_SHARE;

export const groupOf = (visitorId: string): SlotGroup => (isHeldOut(visitorId) ? 'held-out' : 'personalised');
export const slotKey = (slot: string): string => PREFIX + slot;
export const isSlotKey = (experimentId: string): boolean => experimentId.startsWith(PREFIX);
export const slotOf = (experimentId: string): string => experimentId.slice(PREFIX.length);
