export const mail = {
	hello: 'Dear {name},',
	helloNobody: 'Hello,',
	regards: 'Kind regards',
	reason:
		'You receive this email because this address was entered in a form on {site}. If it was not you, please ignore it: without the link or the code nothing happens.',
	linkHint: 'If the button does not work, copy this address into your browser:',
	confirmation: {
		paperSubject: 'Your link to “{title}”',
		paperLead:
			'Here is your personal link to “{title}”. It opens a page with one button; after that you can read the whole paper and download it as a PDF.',
		paperButton: 'Open the paper',
		requestSubject: 'Please confirm your email address',
		requestLead: 'Thank you for writing to us. Please confirm your email address, so that our answer reaches you.',
		requestButton: 'Confirm my address',
		validity: 'The link works for {days} days. It is yours: please do not pass it on.',
	},
} as const;
