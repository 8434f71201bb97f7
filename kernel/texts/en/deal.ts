/** Words of deals, as a CRM tells of them. */
export const deal = {
	title: 'Deals',
	lead: 'As your CRM tells of them.',
	state: { open: 'Open', won: 'Won', lost: 'Lost' },
	unvalued: 'no value yet',
	closed: 'closed on {date}',
	changed: 'changed on {date}',
} as const;
