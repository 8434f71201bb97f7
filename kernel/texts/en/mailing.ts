export const mailing = {
	/** In the foot of every mail. */
	why: 'You receive this email because you agreed to news from us by email.',
	/** Before the subject of a mail that was tried. */
	tried: 'Test',
	stop: 'Unsubscribe',
	/** For fields of which nothing is known. */
	fallbacks: {
		'person.name': 'reader',
		'person.company': 'your company',
		phone: 'our switchboard',
		topic: 'drives and motors',
		'owner.name': 'One of our engineers',
		'webinar.title': 'our webinar',
		'webinar.date': 'the day',
	},
} as const;
