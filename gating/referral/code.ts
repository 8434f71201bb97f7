import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { plainCode, type Random } from '#kernel/id.ts';

import { invitation } from '../schema.ts';

const LENGTH = 10;
const CODE = /^[a-z2-9]{10}$/;
/** Marks the codes of invitations among those of links, in which a dot cannot be. */
const MARK = 'i.';

/** A code of ten letters, 49 bits: it opens nothing that is not open anyway, so it must be hard to hit and easy to type. */
export function newInvitationCode(random: Random): string {
	return plainCode(random, LENGTH);
}

/** How an invitation is named in the address it leads to. */
export const linkName = (code: string): string => MARK + code;

/** The code that a link's name holds; null when it is no invitation. */
export function invitationCodeOf(link: string): string | null {
	const code = link.startsWith(MARK) ? link.slice(MARK.length) : '';
	return CODE.test(code) ? code : null;
}

/** The invitation of a code, or null. */
export async function invitationByCode(handle: Handle, code: string) {
	const [row] = CODE.test(code) ? await handle.select().from(invitation).where(eq(invitation.code, code)) : [];
	return row ?? null;
}
