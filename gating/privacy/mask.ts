/** A mail address that its owner recognises and nobody else learns: `a•••@packline.example`. */
export function maskMail(email: string): string {
	const at = email.lastIndexOf('@');
	const [first = ''] = email;
	return at < 1 ? '•••' : `${first}•••${email.slice(at)}`;
}

/** A phone number with its country and its last two digits: `+49 ••• 34`. */
export function maskPhone(phone: string): string {
	return `${/^\+\d{1,2}/.exec(phone)?.[0] ?? ''} ••• ${phone.slice(-2)}`.trim();
}
