/** Words of the page where people see and change what they agreed to. */
export const preferences = {
	local: 'In this browser only',
	localText:
		'Your place in a paper, and the products you collect or compare, are kept in this browser. They are not sent to us unless you ask for something with them; clearing the browser’s data for this site removes them. A notice of a webinar that you hide stays hidden until you close the tab.',
	title: 'Your preferences',
	lead: 'What this browser and you agreed to. Changes take effect at once.',
	browser: 'This browser',
	browserText: 'These two concern what is measured and chosen while you visit.',
	person: 'You',
	stranger:
		'This browser is not linked to a person. To change what you agreed to, or to fetch or erase your data, open the link at the end of one of our emails.',
	save: 'Save',
	saved: 'Saved. Your choices hold from this moment.',
	more: 'What, why and how long',
	signOut: 'Not you? Leave this browser',
	signOutText: 'You are recognised in this browser as {name}. Leaving makes it a stranger again; nothing you asked for is lost.',
	signOutNameless: 'You are recognised in this browser. Leaving makes it a stranger again; nothing you asked for is lost.',
	signedOut: 'This browser has been cut loose.',
	erase: 'To see, correct or erase your data, write to {mail}. We answer within 30 days.',
	gpc: 'Your browser asks all sites not to track you (Global Privacy Control or Do Not Track). We take it for a refusal unless you choose otherwise here.',
} as const;
