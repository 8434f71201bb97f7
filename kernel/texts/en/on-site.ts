/** Words of fairs, summits and workshops: mails, ticket and check-in. */
export const onSite = {
	place: 'Place',
	ticketCode: 'Ticket',
	ticketShort: 'Your ticket',
	ticketHelp: 'Show this code at the door, on your phone or on paper. If the camera fails, the letters will do.',
	name: 'Name',
	registered: 'Your ticket is behind the link in your confirmation email.',
	registerText: 'You get a confirmation with your ticket and an entry for your calendar.',
	mail: {
		confirmation: {
			subject: 'Your ticket: {title}',
			paragraphs: [
				'You have a seat at “{title}”.',
				'It begins on {when}. Show the code at the door, on your phone or on paper.',
				'The attached entry puts it into your calendar. If time or place change, you get a new one.',
			],
		},
		moved: {
			subject: 'New time or place: {title}',
			paragraphs: [
				'“{title}” has a new time or place: {when}.',
				'Your registration holds, and so does your ticket. The attached entry replaces the one in your calendar.',
			],
		},
		changed: {
			subject: 'Your new date: {title}',
			paragraphs: [
				'As you asked, your seat at “{title}” is now on {when}.',
				'Your ticket is the same. The attached entry replaces the one in your calendar.',
			],
		},
		'reminder-day': { subject: 'In one day: {title}', paragraphs: ['“{title}” begins on {when}. Please have your ticket at hand.'] },
		'reminder-hours': { subject: 'In two hours: {title}', paragraphs: ['“{title}” begins on {when}. Please have your ticket at hand.'] },
		'reminder-start': { subject: 'Beginning now: {title}', paragraphs: ['“{title}” is beginning. Show your ticket at the door.'] },
		button: 'Your ticket',
		picture: 'Your ticket as a code to scan',
		calendar: '{brand}. Your ticket: {link}',
	},
} as const;
