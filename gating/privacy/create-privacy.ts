import type { Locale, Snapshot } from '#cms/content.ts';
import type { Keys } from '#kernel/keys.ts';

import { createUpkeep, type Upkeep } from '../upkeep/create-upkeep.ts';
import type { RetentionDeps } from '../upkeep/retention.ts';
import { levelSummary, type LevelView } from './levels.ts';
import { erasePerson, exportPerson, type PrivacyDeps, readablePerson } from './privacy.ts';

/** What people may have of us: everything we keep of them, and to be forgotten. */
export interface Privacy {
	/** Everything kept of a person. @throws DomainError not-found */
	export(personId: string, actor: string): Promise<Readonly<Record<string, unknown>>>;
	/** The same as a page to read, in one file. @throws DomainError not-found */
	readable(personId: string, actor: string, locale: Locale): Promise<string>;
	/** Destroys the key and the look-ups; what remains names nobody. @throws DomainError not-found */
	erase(personId: string, actor: string): Promise<void>;
	/** The levels of personal fields: who reads them and how they lie. */
	levels(): readonly LevelView[];
	/** What goes with time, and the keys of the rest. */
	readonly upkeep: Upkeep;
}

interface CreatePrivacyDeps extends PrivacyDeps, Pick<RetentionDeps, 'timeZone'> {
	readonly keys: Keys;
	readonly content: () => Snapshot;
	/** Follows what an erased person gave up, such as a code. */
	readonly afterErase: () => Promise<void>;
}

export function createPrivacy(deps: CreatePrivacyDeps): Privacy {
	const { db, sources, afterErase } = deps;
	const erase = async (personId: string, actor: string): Promise<void> => {
		await erasePerson(deps, personId, actor);
		await afterErase();
	};
	const isNeeded = async (personId: string): Promise<boolean> => {
		for (const source of sources()) if (await source.isNeeded?.(db.read, personId)) return true;
		return false;
	};
	return Object.freeze<Privacy>({
		export: (personId, actor) => exportPerson(deps, personId, actor),
		readable: (personId, actor, locale) => readablePerson(deps, personId, actor, locale),
		erase: async (personId, actor) => {
			await erase(personId, actor);
			await db.scrub();
		},
		levels: levelSummary,
		upkeep: createUpkeep({ ...deps, erase: (personId) => erase(personId, 'system'), isNeeded }),
	});
}
