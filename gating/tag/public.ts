export type { Tag } from './catalogue.ts';
export type { Condition, Conditions, Field, Group } from './condition.ts';
export type { LeadTags, MarkedTag, RuledTag, Tags } from './create-tags.ts';
export type { Segment, Segments } from './create-segments.ts';
