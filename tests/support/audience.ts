import { systemRandom } from '#kernel/id.ts';
import type { Database } from '#kernel/database.ts';
import { createKeys } from '#kernel/keys.ts';

import { sealProfile, writeLookups } from '../../gating/identity/person.ts';
import { account, accountMember, consent, event, importRow, lead, person, tagMark, touchpoint } from '../../gating/schema.ts';

export const keys = createKeys([{ id: 'k', key: Buffer.alloc(32, 9) }], systemRandom);
export const NOW = new Date('2026-03-02T08:00:00Z');
export const DAY = 86_400_000;

/** A repeatable source of numbers from 0 up to `below`. */
export function dice(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

export const TYPES = ['page.view', 'download', 'content.attention', 'form.submitted', 'webinar.registered', 'webinar.attended'] as const;
export const SUBJECTS = ['white_papers:w1', 'white_papers:w2', 'products:p1', 'webinars:v1', 'webinars:v2', 'quote'] as const;
export const INDUSTRIES = ['packaging', 'intralogistics', 'battery-cell'] as const;
const TITLES = ['Design engineer', 'Head of purchasing', 'Maintenance technician', 'Student', ''];
const REGIONS = ['Switzerland', 'China', 'Germany', ''];
const STAGES = ['suspect', 'prospect', 'identified', 'mql'];
const PURPOSES = ['marketing.email', 'profiling', 'analytics'];
const CHANNELS = ['fair', 'mail', 'search'];

/** So many leads with everything that segments ask of; every thirteenth is merged into the one before, every seventeenth person is erased. */
export async function seedAudience(db: Database, leads: number, seed = 1): Promise<void> {
	const roll = dice(seed);
	const pick = <T>(all: readonly T[]): T => all[roll(all.length)]!;
	const ago = (days: number) => new Date(NOW.getTime() - roll(days * DAY) - 1);
	await db.write(async (tx) => {
		for (const [index, status] of ['prospect', 'customer', 'partner'].entries())
			await tx.insert(account).values({
				...{
					id: `acc-${index}`,
					name: `Firm ${index}`,
					nameKey: `firm ${index}`,
					nameFolded: `firm ${index}`,
					status,
					owner: '',
					industry: INDUSTRIES[index] ?? '',
				},
				...{ size: index === 1 ? '250-999' : '', country: index === 0 ? 'CH' : '', website: '', maySuggest: false, createdAt: NOW },
			});
	});
	for (let from = 0; from < leads; from += 200) {
		await db.write(async (tx) => {
			for (let index = from; index < Math.min(leads, from + 200); index++) {
				const [leadId, personId] = [`lead-${index}`, `person-${index}`];
				const into = index % 13 === 12 ? `lead-${index - 1}` : null;
				await tx.insert(lead).values({
					...{ id: leadId, stage: pick(STAGES), workingState: pick(['open', 'sales', 'quarantine']), company: `Firm ${roll(50)}`, mailDomain: '' },
					...{
						fit: 0,
						engagement: 0,
						total: roll(10_000),
						grade: `${pick(['A', 'B', 'C', 'D'])}${roll(4) + 1}`,
						modelVersion: 1,
						scoredDay: '2026-03-02',
					},
					...{ hasDecay: false, lastActivityAt: ago(200), createdAt: ago(400), mergedInto: into },
				});
				const isErased = index % 17 === 16;
				const profile = {
					name: `P ${index}`,
					email: `p${index}@firm.example`,
					jobTitle: pick(TITLES),
					region: pick(REGIONS),
					industry: pick([...INDUSTRIES, '']),
				};
				const dataKey = keys.newDataKey();
				await tx.insert(person).values({
					...{
						id: personId,
						leadId: into ?? leadId,
						firstLeadId: leadId,
						dataKey: isErased ? null : dataKey,
						locale: 'en',
						timeZone: 'UTC',
						createdAt: NOW,
					},
					...{ verifiedAt: NOW, profile: isErased ? null : sealProfile(keys, dataKey, profile) },
				});
				if (!isErased) await writeLookups(tx, keys, personId, profile);
				if (!isErased && roll(3) > 0)
					await tx
						.insert(accountMember)
						.values({ personId, accountId: `acc-${roll(3)}`, firstAccountId: 'acc-0', cause: 'domain', companyKey: '', at: NOW });
				for (let count = roll(8); count > 0; count--) {
					const at = ago(200);
					await tx.insert(event).values({
						...{
							id: `e-${index}-${count}`,
							type: pick(TYPES),
							version: 1,
							at,
							receivedAt: at,
							localDay: at.toISOString().slice(0, 10),
							visitorId: null,
						},
						...{ personId, subject: pick(SUBJECTS), props: {}, basis: 'consent' },
					});
				}
				for (let count = roll(4); count > 0; count--)
					await tx.insert(consent).values({
						...{
							id: `c-${index}-${count}`,
							visitorId: null,
							personId,
							purpose: pick(PURPOSES),
							given: roll(3) > 0,
							textHash: 'h',
							how: 'form:x',
							channel: '',
							at: ago(300),
						},
					});
				if (roll(3) === 0)
					await tx.insert(touchpoint).values({
						...{
							id: `t-${index}`,
							at: NOW,
							localDay: '2026-03-02',
							visitorId: null,
							personId,
							kind: 'visit',
							channel: pick(CHANNELS),
							sourceId: null,
						},
						...{ subject: '', detail: {}, importId: null },
					});
				if (roll(5) === 0)
					await tx
						.insert(importRow)
						.values({ importId: 'list', row: index + 1, outcome: 'accept', reasons: [], match: 'new', personId, cells: null });
				if (!isErased && roll(4) === 0)
					await tx.insert(tagMark).values({
						...{ id: `m-${index}`, tag: pick(['key-account', 'met-in-person']), personId, source: 'staff:m', at: NOW },
						...{ expiresAt: pick([null, new Date(NOW.getTime() + DAY), new Date(NOW.getTime() - DAY)]), removedAt: roll(6) === 0 ? NOW : null },
					});
			}
		});
	}
	await db.write(async (tx) => {
		await tx.insert(tagMark).values({ id: 'm-acc', tag: 'key-account', accountId: 'acc-1', firstAccountId: 'acc-1', source: 'staff:m', at: NOW });
	});
}
