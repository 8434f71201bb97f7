/** Staff roles of the console, as the CMS gives them. */
export const STAFF_ROLES = ['admin', 'marketer', 'sales', 'host', 'analyst'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What can be done in the console; each screen and each API call asks for one of these. */
export const STAFF_ACTIONS = [
	'leads.list',
	/** Names, mails, phones and answers; without it a list shows companies and numbers only. */
	'people.read',
	'leads.receipt',
	'leads.work',
	/** Decide for sales: accept, return, win and lose a lead. */
	'leads.sell',
	'scoring.read',
	'scoring.edit',
	/** Agreeing to a new version of the model; nobody does it for both. */
	'scoring.sign-marketing',
	'scoring.sign-sales',
	'reports.read',
	'webinars.read',
	'webinars.host',
	'content.read',
	'mailbox.read',
	'audit.read',
	'channels.read',
	'channels.edit',
	'leads.import',
	/** Tags and segments. */
	'audience.edit',
	'people.erase',
	'settings.edit',
] as const;
export type StaffAction = (typeof STAFF_ACTIONS)[number];

const RIGHTS: Readonly<Record<StaffRole, readonly StaffAction[]>> = {
	admin: STAFF_ACTIONS,
	marketer: [
		'leads.list',
		'people.read',
		'leads.receipt',
		'leads.work',
		'scoring.read',
		'scoring.edit',
		'scoring.sign-marketing',
		'reports.read',
		'webinars.read',
		'webinars.host',
		'content.read',
		'mailbox.read',
		'channels.read',
		'channels.edit',
		'leads.import',
		'audience.edit',
	],
	sales: [
		'leads.list',
		'people.read',
		'leads.receipt',
		'leads.work',
		'leads.sell',
		'scoring.read',
		'scoring.sign-sales',
		'reports.read',
		'webinars.read',
		'channels.read',
	],
	host: ['webinars.read', 'webinars.host', 'content.read'],
	analyst: ['leads.list', 'leads.receipt', 'scoring.read', 'reports.read', 'webinars.read', 'content.read', 'channels.read'],
};

/** Whether a role may do something. */
export function can(role: StaffRole, action: StaffAction): boolean {
	return RIGHTS[role].includes(action);
}
