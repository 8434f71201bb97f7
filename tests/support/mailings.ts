import { systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { createLog } from '#kernel/log.ts';
import type { Gate } from '#tests/support/gate.ts';
import { journeysAt } from '#tests/support/journeys.ts';

import { append } from '../../gating/consent/ledger.ts';
import { lookupHash } from '../../gating/identity/lookup.ts';
import { message, personLookup } from '../../gating/schema.ts';

export const ANNA = { actor: 'staff:anna', origin: '', seesPeople: true } as const;
export const BEN = { ...ANNA, actor: 'staff:ben' } as const;

/** What is typed for a mailing, by what differs. */
export const aMailing = (over: object = {}) => ({
	...{ name: 'Autumn', segmentId: '', template: 'a', trial: 'none', templateB: '', subjectBEn: '', subjectBZh: '', trialShare: 20, trialHours: 4 },
	...{ rhythm: 'once', firstAt: '2026-03-03T09:00', isLocal: false },
	...over,
});

const SUSPECTS = { field: 'stage', isNot: false, values: ['suspect'], about: '', least: 0, days: 0 };

/** What tests of mailings do at a gate; `gateNow` is read at each call. */
export function mailingsAt(gateNow: () => Gate) {
	const people = new WeakMap<Gate, ReturnType<typeof journeysAt>>();
	const peopleOf = (gate: Gate) => {
		const known = people.get(gate) ?? journeysAt(gate);
		people.set(gate, known);
		return known;
	};
	/** A segment of those it is about here: small, and not everybody. */
	const aSegment = () =>
		gateNow().gating.segments.save({ name: 'Suspects', conditions: { match: 'all', groups: [{ match: 'all', conditions: [SUSPECTS] }] } }, ANNA);
	return {
		aSegment,
		/** Jobs that are due, then messages. */
		run: async (): Promise<void> => {
			const { db, clock, gating } = gateNow();
			await createJobs({ db, now: () => clock.at, log: createLog('silent'), handlers: gating.jobs }).runDue();
			await gating.messages.runDue();
		},
		/** Somebody who agreed to mails, in the segment. */
		someone: async ({ hasAddress = true, ...over }: { readonly timeZone?: string; readonly hasAddress?: boolean } = {}) => {
			const gate = gateNow();
			const one = await peopleOf(gate).person(over);
			const hash = lookupHash(gate.keys, { kind: 'mail', value: `${one.id}@firm.example` });
			if (hasAddress) await gate.db.write(async (tx) => void (await tx.insert(personLookup).values({ personId: one.id, kind: 'mail', hash })));
			return one;
		},
		/** A mailing to the segment that is in the plan. */
		planned: async (over: object = {}): Promise<string> => {
			const { mailings } = gateNow().gating;
			const id = await mailings.save(null, aMailing({ segmentId: await aSegment(), ...over }), ANNA);
			await mailings.submit(id, '', ANNA);
			return id;
		},
		states: async () =>
			(await gateNow().db.read.select().from(message).orderBy(message.personId)).map(({ personId, state }) => `${personId} ${state}`),
		/** They want no more news. */
		stop: (personId: string) => {
			const no = {
				personId,
				visitorId: null,
				purpose: 'marketing.email',
				given: false,
				textHash: '',
				how: 'preferences',
				channel: 'direct',
			} as const;
			const { db, clock } = gateNow();
			return db.write((tx) => append(tx, [no], clock.at, systemRandom));
		},
	};
}
