import { gte, sum } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { experimentExposure, slotImpression } from '../schema.ts';
import type { Definition } from './definition.ts';
import type { ExperimentsDeps } from './create-experiments.ts';
import type { ExperimentRow } from './edit.ts';
import { GROUPS, type HoldOut, isSlotKey, type SlotGroup, slotKey, slotOf } from './hold-out.ts';
import type { Metric } from './metric.ts';
import { placeOf } from './place.ts';
import { judge, type Results } from './result.ts';
import { type CountsParams, type DayCounts, leadsOfPersons, type Unit, type UnitsParams } from './units.ts';

const UNITS = new URL('./units.ts', import.meta.url);
/** So many lines of a list are shown. */
const LONGEST_LIST = 500;
/** By these slots are measured. */
const SLOT_METRICS = ['slot', 'form', 'mql'] as const satisfies readonly Metric[];

/** What a number counts. */
export interface CountedPage {
	readonly total: number;
	readonly items: readonly {
		readonly visitorId: string;
		readonly seenAt: Date;
		readonly convertedAt: Date | null;
		/** The lead of the browser's person, as everybody who lists leads sees it. */
		readonly lead: { readonly id: string; readonly company: string } | null;
	}[];
}

export interface CountedQuery {
	readonly variant: string;
	/** '' for all who were shown the variant, else those who did this. */
	readonly metric: string;
}

/** Personalised against held out, of one slot. */
export interface SlotReport {
	readonly slot: string;
	/** Control: held out. */
	readonly results: Results;
	/** How many pieces were shown in it, to each group. */
	readonly impressions: Readonly<Record<SlotGroup, number>>;
}

export interface ExperimentReports {
	/** Reads the numbers of an experiment's present version in a thread. @throws DomainError not-found */
	results(id: string): Promise<Results>;
	/** Who is behind a number, the last first. @throws DomainError not-found, invalid (no such variant or metric) */
	counted(id: string, query: CountedQuery): Promise<CountedPage>;
	/** Slots that were shown, with what personalisation brought since the held-out share was changed last. */
	slots(): Promise<readonly SlotReport[]>;
	/** Who is behind a number of a slot. @throws DomainError invalid */
	countedOfSlot(slot: string, query: CountedQuery): Promise<CountedPage>;
}

type Deps = Pick<ExperimentsDeps, 'db' | 'timeZone'> & { readonly heldOut: () => HoldOut };

export function createReports({ db, timeZone, heldOut }: Deps, find: (id: string) => Promise<ExperimentRow>, now: Now): ExperimentReports {
	const counts = (params: UnitsParams) =>
		db.analyse<CountsParams, readonly DayCounts[]>({ module: UNITS, name: 'readCounts', params: { ...params, timeZone: timeZone() } });
	const counted = async (params: UnitsParams, { variant, metric }: CountedQuery): Promise<CountedPage> => {
		const units = await db.analyse<UnitsParams, readonly Unit[]>({ module: UNITS, name: 'readUnits', params });
		const own = units.filter((unit) => unit.variant === variant && (metric === '' || unit.converted[metric as Metric] !== undefined)).reverse();
		const listed = own.slice(0, LONGEST_LIST);
		const leads = await leadsOfPersons(
			db.read,
			listed.flatMap(({ personId }) => personId ?? []),
		);
		const byPerson = new Map(leads.map(({ personId, leadId, company }) => [personId, { id: leadId, company }]));
		return {
			total: own.length,
			items: listed.map(({ visitorId, personId, at, converted }) => {
				const when = metric === '' ? undefined : converted[metric as Metric];
				return {
					visitorId,
					seenAt: new Date(at),
					convertedAt: when === undefined ? null : new Date(when),
					lead: (personId !== null && byPerson.get(personId)) || null,
				};
			}),
		};
	};
	return {
		results: async (id) => {
			const { definition, version, startedAt, endedAt } = await find(id);
			const days = await counts({ experimentId: id, version, metrics: metricsOf(definition), ...slotIn(definition) });
			return judge(definition, days, { startedAt, now: endedAt ?? now() });
		},
		counted: async (id, query) => {
			const { definition, version } = await find(id);
			const metrics = metricsOf(definition);
			requireNumber(query, definition.variants, metrics);
			return counted({ experimentId: id, version, metrics, ...slotIn(definition) }, query);
		},
		slots: async () => {
			const rows = await db.read.selectDistinct({ id: experimentExposure.experimentId }).from(experimentExposure);
			const keys = rows.map(({ id }) => id).filter(isSlotKey).sort(); // prettier-ignore
			const share = heldOut();
			const pieces = await db.read
				.select({ slot: slotImpression.slot, isControl: slotImpression.isControl, count: sum(slotImpression.count).mapWith(Number) })
				.from(slotImpression)
				.where(share.since ? gte(slotImpression.firstAt, share.since) : undefined)
				.groupBy(slotImpression.slot, slotImpression.isControl);
			const shownIn = (slot: string, isControl: boolean): number =>
				pieces.find((one) => one.slot === slot && one.isControl === isControl)?.count ?? 0;
			return Promise.all(
				keys.map(async (experimentId) => {
					const days = await counts({ experimentId, version: share.version, metrics: SLOT_METRICS, slot: slotOf(experimentId) });
					const slot = slotOf(experimentId);
					const impressions = { 'held-out': shownIn(slot, true), personalised: shownIn(slot, false) };
					return { slot, impressions, results: judge(definitionOf(share), days, { startedAt: share.since, now: now() }) };
				}),
			);
		},
		countedOfSlot: (slot, query) => {
			const share = heldOut();
			requireNumber(query, definitionOf(share).variants, SLOT_METRICS);
			return counted({ experimentId: slotKey(slot), version: share.version, metrics: SLOT_METRICS, slot }, query);
		},
	};
}

const metricsOf = ({ metric, guardrails }: Definition): readonly Metric[] => [metric, ...guardrails];

function slotIn({ place }: Definition): Pick<UnitsParams, 'slot'> {
	const { slot } = placeOf(place);
	return slot === undefined ? {} : { slot };
}

function requireNumber({ variant, metric }: CountedQuery, variants: Definition['variants'], metrics: readonly Metric[]): void {
	const isKnown = variants.some(({ key }) => key === variant) && (metric === '' || (metrics as readonly string[]).includes(metric));
	if (!isKnown) throw new DomainError('invalid', 'There is no such number.', { fields: [{ field: 'variant', code: 'choice' }] });
}

/** Personalisation is judged as an experiment whose control is the held-out group. */
const definitionOf = ({ percent }: HoldOut): Definition => ({
	name: 'personalisation',
	hypothesis: '',
	place: 'for-you',
	path: '/',
	metric: 'slot',
	guardrails: ['form', 'mql'],
	share: 100,
	audience: { locale: '', who: 'all', stage: '', segment: '' },
	layer: '',
	leastEffect: 2,
	mostDays: 180,
	variants: GROUPS.map((key) => ({ key, name: key, weight: key === 'held-out' ? percent : 100 - percent, content: {} })),
});
