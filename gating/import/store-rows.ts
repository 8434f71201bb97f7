import { lead, person, personAttribute, personLookup, importRow, touchpoint, consent, cleaningHit } from '../schema.ts';
import { blockInsert } from './blocks.ts';

/** The inserts of an import, each prepared. */
export const insertPersons = blockInsert('import.person', person, [
	'id',
	'leadId',
	'firstLeadId',
	'dataKey',
	'imported',
	'locale',
	'timeZone',
	'createdAt',
]);
export const insertLeads = blockInsert('import.lead', lead, [
	'id',
	'stage',
	'workingState',
	'company',
	'mailDomain',
	'fit',
	'engagement',
	'total',
	'grade',
	'modelVersion',
	'scoredDay',
	'hasDecay',
	'lastActivityAt',
	'createdAt',
]);
export const insertLookups = blockInsert('import.lookup', personLookup, ['kind', 'hash', 'personId']);
export const insertAttributes = blockInsert('import.attribute', personAttribute, ['personId', 'importId', 'row', 'at', 'sealed']);
export const insertRows = blockInsert('import.row', importRow, [
	'importId',
	'row',
	'outcome',
	'reasons',
	'match',
	'presence',
	'personId',
	'cells',
	'hash',
]);
export const insertTouches = blockInsert('import.touch', touchpoint, [
	'id',
	'at',
	'localDay',
	'visitorId',
	'personId',
	'kind',
	'channel',
	'sourceId',
	'subject',
	'detail',
	'importId',
]);
export const insertConsents = blockInsert('import.consent', consent, [
	'id',
	'visitorId',
	'personId',
	'purpose',
	'given',
	'textHash',
	'how',
	'channel',
	'at',
]);
export const insertHits = blockInsert('import.hit', cleaningHit, ['id', 'personId', 'origin', 'rule', 'field', 'outcome', 'at']);
