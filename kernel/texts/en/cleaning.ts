export const cleaning = {
	outcomes: { accept: 'Accepted', flag: 'Accepted with a flag', quarantine: 'In quarantine' },
	/** Why, by the rule's name. */
	reasons: {
		'mail-disposable': 'The email address is of a disposable-mail service.',
		'test-words': 'Name, company or email consists of words people use for testing.',
		'name-keyboard-mash': 'The name looks like keys pressed at random.',
		competitor: 'The email domain is on the list of competitors.',
		'phone-repeats-digits': 'The phone number has five or more equal digits in a row.',
		'phone-counts-up-or-down': 'The phone number has five or more digits in rising or falling order.',
		'phone-impossible': 'The phone number is not in its country’s numbering plan.',
		burst: 'One of many first requests that came from one network within minutes.',
		duplicate: 'Somebody with another email address has this phone number.',
		'country-mismatch': 'The phone number is of another country than the company.',
		'mail-role': 'The email address belongs to a function, not to a person.',
		'mail-free': 'The email address is of a free-mail service.',
	},
} as const;
