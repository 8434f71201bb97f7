import { asc, eq } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { mailClick, mailing, mailingRecipient } from '../schema.ts';

/** Which mailings somebody was in, and which links of mails they followed. */
export const mailingData = (): PersonalDataSource => ({
	name: 'mailings',
	export: async (tx, personId) => {
		const mailings = await tx
			.select({ mailing: mailing.name, run: mailingRecipient.runId, variant: mailingRecipient.variant })
			.from(mailingRecipient)
			.innerJoin(mailing, eq(mailing.id, mailingRecipient.mailingId))
			.where(eq(mailingRecipient.personId, personId));
		const { at, origin, subject } = mailClick;
		const clicks = await tx.select({ at, origin, subject }).from(mailClick).where(eq(mailClick.personId, personId)).orderBy(asc(at));
		return mailings.length + clicks.length > 0 ? { mailings, clicks } : null;
	},
	erase: async (tx, personId) => {
		await tx.delete(mailingRecipient).where(eq(mailingRecipient.personId, personId));
		await tx.delete(mailClick).where(eq(mailClick.personId, personId));
	},
});
