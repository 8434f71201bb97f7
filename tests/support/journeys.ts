import { eq } from 'drizzle-orm';

import type { MailTemplate } from '#cms/content.ts';
import type { JourneyDefinition, ServerEvent, Step } from '#gating';
import { newId, systemRandom } from '#kernel/id.ts';
import { aSite, type Gate } from '#tests/support/gate.ts';

import { consent, journeyEnrolment, journeyTrail, lead, message, person } from '../../gating/schema.ts';
import { sealProfile } from '../../gating/identity/person.ts';
import { EVERYBODY } from '../../gating/tag/condition.ts';

export const MARKETER = { actor: 'staff:s1', origin: '', seesPeople: true } as const;

const both = (text: string) => ({ en: text, 'zh-CN': text });

export const aTemplate = (key: string): MailTemplate => ({
	...{ id: `template-${key}`, key, name: both(key), languages: ['en', 'zh-CN'], subject: both(`About ${key}`), preheader: both('') },
	blocks: [
		{ audience: { stages: [], roles: [], industries: [], segments: [] } as never, kind: 'text', title: both(''), body: both(`Words of ${key}.`) },
	],
	faults: [],
});

/** A site with templates `a` and `b`. */
export const siteWithTemplates = () => aSite({ mailTemplates: [aTemplate('a'), aTemplate('b')] });

/** Steps by what differs from their defaults. */
export const step = {
	message: (id: string, template = 'a', over: object = {}): Step => ({
		id,
		next: '',
		kind: 'message',
		template,
		channel: 'mail',
		latestHours: 72,
		...over,
	}),
	wait: (id: string, amount = 1, unit: 'minutes' | 'hours' | 'days' = 'days', over: object = {}): Step => ({
		...{ id, next: '', kind: 'wait', mode: 'for', span: { amount, unit }, days: 0, time: '09:00', workdays: false, types: [], about: '', late: '' },
		...over,
	}),
	until: (id: string, types: readonly string[], amount: number, over: object = {}): Step => ({
		...{
			id,
			next: '',
			kind: 'wait',
			mode: 'event',
			span: { amount, unit: 'days' },
			days: 0,
			time: '09:00',
			workdays: false,
			types,
			about: '',
			late: '',
		},
		...over,
	}),
	branch: (id: string, conditions: JourneyDefinition['goal'], over: object = {}): Step => ({
		...{ id, next: '', kind: 'branch', test: 'conditions', conditions, segmentId: '', outcomes: [], yes: '' },
		...over,
	}),
	split: (id: string, arms: readonly { weight: number; to: string }[]): Step => ({ id, next: '', kind: 'split', arms }),
	tag: (id: string, tag: string): Step => ({ id, next: '', kind: 'tag', tag, act: 'put' }),
	task: (id: string, text: string): Step => ({ id, next: '', kind: 'task', text, days: 2 }),
	move: (id: string, move: 'state:open' | 'stage:opportunity'): Step => ({ id, next: '', kind: 'stage', move }),
	webhook: (id: string, name: string): Step => ({ id, next: '', kind: 'webhook', name }),
	end: (id = 'end'): Step => ({ id, next: '', kind: 'end' }),
};

export const aJourney = (over: Partial<JourneyDefinition> = {}): JourneyDefinition => ({
	...{ name: 'A journey', trigger: { kind: 'event', types: ['download'], about: '' }, audience: EVERYBODY, reentry: { kind: 'once', days: 0 } },
	...{ goal: EVERYBODY, exit: EVERYBODY, steps: [step.message('m1'), step.end()], agreedToEverybody: false },
	...over,
});

/** What tests of journeys do at a gate. */
export function journeysAt(gate: Gate) {
	const { journeys, scoring, events } = gate.gating;
	let people = 0;

	return {
		/** Somebody with a lead of their own who agreed to mails. */
		person: async (over: { readonly stage?: string; readonly total?: number; readonly timeZone?: string; readonly leadId?: string } = {}) => {
			const n = ++people;
			const [id, leadId] = [`p${n}`, over.leadId ?? `l${n}`];
			const at = gate.clock.at;
			const dataKey = gate.keys.newDataKey();
			await gate.db.write(async (tx) => {
				if (over.leadId === undefined)
					await tx.insert(lead).values({
						...{ id: leadId, stage: over.stage ?? 'suspect', workingState: 'open', company: '', mailDomain: '', fit: 0, engagement: 0 },
						...{ total: over.total ?? 0, grade: 'D4', modelVersion: 1, scoredDay: '2026-03-02', hasDecay: false, lastActivityAt: at, createdAt: at },
					});
				await tx.insert(person).values({
					...{
						id,
						leadId,
						firstLeadId: leadId,
						dataKey,
						profile: sealProfile(gate.keys, dataKey, { name: `Person ${n}`, email: `p${n}@firm.example` }),
					},
					...{ locale: 'en', timeZone: over.timeZone ?? 'Europe/Zurich', verifiedAt: at, createdAt: at },
				});
				const given = { purpose: 'marketing.email', given: true, textHash: '', how: 'form:x', channel: 'direct', at, visitorId: null };
				await tx.insert(consent).values({ id: newId(at, systemRandom), personId: id, ...given });
			});
			return { id, leadId };
		},
		did: (personId: string, type: 'download' | 'form.submitted' | 'offer.claimed' = 'download', subject = 'white_papers:p1') => {
			const props = type === 'form.submitted' ? { form: 'paper-default' } : type === 'offer.claimed' ? { kind: 'coupon' } : {};
			const id = newId(gate.clock.at, systemRandom);
			return gate.db.write((tx) => events.record(tx, { id, type, at: gate.clock.at, personId, visitorId: null, subject, props } as ServerEvent));
		},
		/** Keeps and publishes a definition; returns the journey's id. */
		publish: async (definition: JourneyDefinition, id: string | null = null): Promise<string> => {
			const kept = await journeys.save(id, definition, MARKETER);
			const outcome = await journeys.publish(kept, MARKETER);
			if (outcome.status !== 'published') throw new Error(JSON.stringify(outcome));
			return kept;
		},
		/** Judges leads, and does what is due. */
		run: async (): Promise<void> => {
			while ((await scoring.runDue()) > 0);
			while ((await journeys.runDue()) > 0);
		},
		enrolments: () => gate.db.read.select().from(journeyEnrolment).orderBy(journeyEnrolment.enteredAt, journeyEnrolment.id),
		messages: () => gate.db.read.select().from(message).orderBy(message.createdAt, message.id),
		trailOf: async (personId: string) =>
			(
				await gate.db.read
					.select()
					.from(journeyTrail)
					.where(eq(journeyTrail.personId, personId))
					.orderBy(journeyTrail.enrolmentId, journeyTrail.place)
			).map(({ step: at, because }) => `${at} ${because}`),
	};
}
