import type { Database } from '#kernel/database.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import { sealProfile } from '../../gating/identity/person.ts';
import { lead, person } from '../../gating/schema.ts';
import { append } from '../../gating/consent/ledger.ts';
import { postMany } from '../../gating/message/post.ts';

const AT_ONCE = 50;

/** Makes so many people of so many mail domains who agreed to mail, each with one message due at `at`. */
export async function crowd(db: Database, count: number, at: Date, domains: number): Promise<void> {
	const keys = createKeys([{ id: 'k', key: Buffer.alloc(32, 7) }], systemRandom);
	const dataKey = keys.newDataKey();
	for (let from = 0; from < count; from += AT_ONCE) {
		const ids = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => from + index);
		await db.write(async (tx) => {
			const rows = ids.map((n) => ({ n, id: `p${n}`, leadId: newId(at, systemRandom), email: `p${n}@d${n % domains}.example` }));
			await tx.insert(lead).values(
				rows.map(({ leadId, n }) => ({
					...{ id: leadId, stage: 'identified', workingState: 'open', company: '', mailDomain: `d${n % domains}.example`, grade: 'D4' },
					...{ fit: 0, engagement: 0, total: 0, modelVersion: 1, scoredDay: '', hasDecay: false, lastActivityAt: at, createdAt: at },
				})),
			);
			await tx.insert(person).values(
				rows.map(({ id, leadId, email }) => ({
					...{
						id,
						leadId,
						firstLeadId: leadId,
						dataKey,
						profile: sealProfile(keys, dataKey, { email }),
						locale: 'en',
						timeZone: 'UTC',
						createdAt: at,
					},
				})),
			);
			const agreed = { visitorId: null, purpose: 'marketing.email', given: true, textHash: '', how: 'api', channel: 'web' } as const;
			await append(tx, rows.map(({ id }) => ({ ...agreed, personId: id })), at, systemRandom); // prettier-ignore
			await postMany(
				tx,
				{ now: () => at, random: systemRandom },
				rows.map(({ id }) => ({
					...{ key: `m:${id}`, personId: id, class: 'mailing', channel: 'mail', origin: 'mailing:m1', composer: 'test', params: {} },
					...{ dueAt: at, latestAt: null, priority: 0 },
				})),
			);
		});
	}
}
