import { and, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { Wording } from '../consent/text.ts';
import { consent } from '../schema.ts';
import type { BatchRow } from './create-imports.ts';
import type { PreparedGroup } from './prepare.ts';
import { insertConsents } from './store-rows.ts';

/** What people agreed to at the stand, where they have not answered themselves. */
export async function insertAgreed(
	tx: Handle,
	placed: readonly { readonly personId: string; readonly group: PreparedGroup }[],
	batch: BatchRow,
	wordings: readonly Wording[],
	nextId: () => string,
): Promise<void> {
	const agreeing = placed.filter(({ group }) => group.rows.some((one) => one.consent !== false));
	if (wordings.length === 0 || agreeing.length === 0) return;
	const how = `import:${batch.id}`;
	const answered = await tx
		.select({ personId: consent.personId, purpose: consent.purpose })
		.from(consent)
		.where(
			and(
				inArray(
					consent.personId,
					agreeing.map(({ personId }) => personId),
				),
				inArray(
					consent.purpose,
					wordings.map(({ purpose }) => purpose),
				),
			),
		);
	const has = new Set(answered.map(({ personId, purpose }) => `${personId}\n${purpose}`));
	await insertConsents(
		tx,
		agreeing.flatMap(({ personId }) =>
			wordings
				.filter(({ purpose }) => !has.has(`${personId}\n${purpose}`))
				.map(({ purpose, hash }) => ({
					id: nextId(),
					visitorId: null,
					personId,
					purpose,
					given: true,
					textHash: hash,
					how,
					channel: batch.channel,
					at: batch.contactedAt,
				})),
		),
	);
}
