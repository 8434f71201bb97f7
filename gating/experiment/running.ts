import { createHash } from 'node:crypto';

import type { Locale, Snapshot } from '#cms/content.ts';

import type { Visitor } from '../identity/visitor.ts';
import { type Assignable, assign } from './assign.ts';
import type { Definition } from './definition.ts';
import { type Piece, placeOf } from './place.ts';

/** An experiment that is being shown, or whose winner is. */
export interface Running extends Assignable {
	readonly id: string;
	readonly version: number;
	readonly definition: Definition;
	/** Persons whom stage and segment let in; null: they are not asked about. */
	readonly members: ReadonlySet<string> | null;
}

export type Asker = Pick<Visitor, 'visitorId' | 'personId' | 'consents'>;

/** The page that is shown: its path without language, and the names of its holes. */
export interface ShownPage {
	readonly path: string;
	readonly locale: Locale;
	readonly holes: readonly string[];
}

/** A variant that a browser gets on a page. */
export interface ShownVariant {
	readonly experimentId: string;
	readonly version: number;
	readonly variant: string;
	/** It comes from another browser of the same person. */
	readonly isCarried: boolean;
	/** What stands in which hole; empty for the control. */
	readonly fills: Readonly<Record<string, readonly Piece[]>>;
}

/** What somebody has seen of an experiment's version before. */
export interface Memory {
	/** The variant this person saw first, in any browser; undefined: none. */
	ofPerson(experimentId: string, version: number, personId: string): string | undefined;
	/** Whether this browser was shown it before. */
	hasSeen(experimentId: string, version: number, visitorId: string): boolean;
}

/**
 * The variants of a visitor on a page, at most one an experiment. Without consent to analytics there are none, and the page is as the
 * editors have it. Who is let in once stays in: signing up moves nobody from one variant to another.
 */
export function variantsFor(running: readonly Running[], asker: Asker, page: ShownPage, memory: Memory): readonly ShownVariant[] {
	const { visitorId, personId, consents } = asker;
	if (visitorId === null || !consents.has('analytics')) return [];
	return running.flatMap((one) => {
		const { id, version, definition } = one;
		if (!isOn(definition, page)) return [];
		const carried = personId === null ? undefined : memory.ofPerson(id, version, personId);
		const own = carried === undefined && !isLetIn(one, asker) && !memory.hasSeen(id, version, visitorId) ? null : assign(one, visitorId);
		const key = carried ?? own;
		const variant = definition.variants.find((candidate) => candidate.key === key);
		if (!variant) return [];
		const fills = placeOf(definition.place).fills(variant.content, page.locale);
		return [{ experimentId: id, version, variant: variant.key, isCarried: carried !== undefined && carried !== own, fills }];
	});
}

function isOn({ place, path, audience }: Definition, page: ShownPage): boolean {
	const known = placeOf(place);
	if (audience.locale !== '' && audience.locale !== page.locale) return false;
	if (path === '' ? !page.path.startsWith(known.path) : path !== page.path) return false;
	return known.holes.some((hole) => page.holes.includes(hole));
}

function isLetIn({ definition: { audience }, members }: Running, { personId }: Asker): boolean {
	if (audience.who === 'new' && personId !== null) return false;
	if (audience.who === 'known' && personId === null) return false;
	return members === null || (personId !== null && members.has(personId));
}

/** An experiment whose winner everybody sees. */
export interface Decided {
	readonly definition: Definition;
	readonly winner: string;
	/** Fingerprint of what editors had written when it was decided. */
	readonly over: string;
}

/** Changes with what editors wrote at a place. */
export function fingerprint({ place, path }: Definition, snapshot: Snapshot): string {
	const written = JSON.stringify(placeOf(place).written(snapshot, path) ?? null);
	return createHash('sha256').update(written).digest('base64url').slice(0, 22);
}

/** What a winner puts into a hole for everybody; null while none does, or since editors wrote something else there. */
export function winnerFor(decided: readonly Decided[], snapshot: Snapshot, page: Omit<ShownPage, 'holes'>, hole: string): readonly Piece[] | null {
	for (const { definition, winner, over } of decided) {
		if (!isOn(definition, { ...page, holes: [hole] }) || fingerprint(definition, snapshot) !== over) continue;
		const variant = definition.variants.find(({ key }) => key === winner);
		const piece = variant && placeOf(definition.place).fills(variant.content, page.locale)[hole];
		if (piece) return piece;
	}
	return null;
}
