export type { Tag } from './catalogue.ts';
export type { Condition, Conditions, Field, Group } from './condition.ts';
export type { LeadTags, MarkedTag, RuledTag, Tags } from './create-tags.ts';
export type { Segment, Segments } from './create-segments.ts';
export { FIELDS, KIND_OF, WEBINAR_OUTCOMES } from './condition.ts';
export { TAG_GROUPS } from './defaults.ts';
