/** Refusals: what happened, and what to do. `title` names it, `detail` explains it. */
export const error = {
	malformed: { title: 'This request cannot be read', detail: 'Its address or body is not well formed. Check it and send it again.' },
	'not-signed-in': { title: 'Sign in first', detail: 'This needs a signed-in member of staff, or an API token in the Authorization header.' },
	forbidden: { title: 'Not allowed', detail: 'Your account or token does not have the right to do this. Ask an administrator for it.' },
	'cross-site': {
		title: 'Sent from another site',
		detail: 'This form or call came from another site, so it was refused. Open the page here and try again.',
	},
	'not-found': { title: 'Page not found', detail: 'There is nothing at this address. It may have moved, or the link may be cut off.' },
	method: { title: 'Method not allowed', detail: 'This address does not take that method. The Allow header names those it takes.' },
	conflict: {
		title: 'This conflicts with what is there',
		detail: 'It was changed in the meantime, or the same key was used for something else. Load it again.',
	},
	gone: { title: 'This link has expired', detail: 'Links to files work for a short time. Go back to the page and ask for the file again.' },
	'too-large': { title: 'Too large', detail: 'The body is larger than this address takes. Send less at once.' },
	range: { title: 'No such part', detail: 'The part of the file that was asked for lies outside of it.' },
	host: {
		title: 'Wrong host name',
		detail: 'This server does not answer to that name. Use its public address, or set PUBLIC_URL to the address people use.',
	},
	invalid: { title: 'Some fields need another look', detail: 'Correct the fields named here and send again.' },
	'slow-down': { title: 'Too many requests', detail: 'Wait for the seconds named in Retry-After, then try again.' },
	'proof-needed': {
		title: 'A proof of work is needed',
		detail:
			'Many forms have come from your network. Solve the puzzle at /api/v1/forms/{key}/proof and send its solution as `proof`, or wait for the seconds named in Retry-After.',
	},
	internal: { title: 'Something went wrong here', detail: 'The error was recorded. Try again in a moment; if it stays, tell us the request number.' },
	unavailable: { title: 'Not available right now', detail: 'A part of the system does not answer. Try again in a few minutes.' },
	/** Words for the code of a wrong field. */
	field: {
		required: 'Please fill this in.',
		type: 'This has the wrong type.',
		format: 'This is not in the expected format.',
		'too-long': 'This is too long.',
		'too-short': 'This is too short.',
		unknown: 'This is not known here.',
		'code-malformed': 'The code has six digits.',
		'code-wrong': 'This is not the code of the newest email.',
		'code-spent': 'This code was typed wrong too often. Ask for a new one.',
		'code-expired': 'No code waits for this browser. Ask for a new one.',
		other: 'This cannot be accepted.',
	},
	requestNumber: 'Request number',
	home: 'To the home page',
} as const;
