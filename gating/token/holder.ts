import { STAFF_ACTIONS, type StaffAction } from '../staff/can.ts';

/** Acts that only a person can do in their own name: to sign a version of the scoring model, and to say what came of a lead. */
const PERSONAL = ['scoring.sign-marketing', 'scoring.sign-sales', 'leads.sell'] as const satisfies readonly StaffAction[];

/**
 * What a token may be allowed: what staff may do but for personal acts, to send forms for people without the limits of a browser, and to
 * write back what a CRM knows of a lead.
 */
export type TokenRight = 'submissions.send' | 'crm.write' | Exclude<StaffAction, (typeof PERSONAL)[number]>;
export const TOKEN_RIGHTS: readonly TokenRight[] = [
	'submissions.send',
	'crm.write',
	...STAFF_ACTIONS.filter((action): action is Exclude<StaffAction, (typeof PERSONAL)[number]> => !(PERSONAL as readonly string[]).includes(action)),
];

/** Who shows a token, and what it allows. */
export interface TokenHolder {
	/** `api:<name>`, as the audit log names it. */
	readonly actor: string;
	may(right: TokenRight | StaffAction): boolean;
}

export const isTokenRight = (text: string): text is TokenRight => (TOKEN_RIGHTS as readonly string[]).includes(text);

/** A holder with exactly these rights; names of rights that are no more give nothing. */
export function holderWith(name: string, rights: readonly string[]): TokenHolder {
	const granted = new Set(rights.filter(isTokenRight));
	return Object.freeze({ actor: `api:${name}`, may: (right: TokenRight | StaffAction) => isTokenRight(right) && granted.has(right) });
}
