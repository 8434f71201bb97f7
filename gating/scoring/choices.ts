import { ACCOUNT_STATUSES, SIZES } from '../account/account.ts';
import { EVENT_TYPES } from '../event/catalog.ts';
import { ROLES, SENIORITIES } from './job-title.ts';
import { ATTRIBUTES, CAP_PERIODS, DECAY_KINDS, MAIL_KINDS, MEASURES, PARTS, STAGE_ROLES } from './model.ts';

/** What rules of a model may be made of, for the forms that make them. */
export const MODEL_CHOICES = {
	parts: PARTS,
	attributes: ATTRIBUTES,
	/** Values of attributes that have a fixed list. */
	values: { 'job-role': ROLES, seniority: SENIORITIES, mail: MAIL_KINDS, size: SIZES, account: ACCOUNT_STATUSES },
	events: EVENT_TYPES,
	measures: MEASURES,
	stageRoles: STAGE_ROLES,
	capPeriods: CAP_PERIODS,
	decays: DECAY_KINDS,
	situations: ['surge', 'inactive'],
	sides: ['marketing', 'sales'],
} as const;
