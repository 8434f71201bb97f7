import { STAFF_ACTIONS, type StaffAction } from '../staff/can.ts';

/** What a token may be allowed: what staff may do, and to send forms for people without the limits of a browser. */
export const TOKEN_RIGHTS = ['submissions.send', ...STAFF_ACTIONS] as const;
export type TokenRight = 'submissions.send' | StaffAction;

/** Who shows a token, and what it allows. */
export interface TokenHolder {
	/** `api:<name>`, as the audit log names it. */
	readonly actor: string;
	may(right: TokenRight): boolean;
}

export const isTokenRight = (text: string): text is TokenRight => (TOKEN_RIGHTS as readonly string[]).includes(text);

/** A holder with exactly these rights; names of rights that are no more give nothing. */
export function holderWith(name: string, rights: readonly string[]): TokenHolder {
	const granted = new Set(rights.filter(isTokenRight));
	return Object.freeze({ actor: `api:${name}`, may: (right: TokenRight) => granted.has(right) });
}
