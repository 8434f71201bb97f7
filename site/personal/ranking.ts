import type { App } from '#app';
import type { ContentItem } from '#cms/content.ts';
import type { SlotShown, Visitor } from '#gating';
import { subjectOf } from '#gating/profile/candidate.ts';
import { catalogueOf } from '#site/catalogue.ts';
import type { ChosenPage, Chooser, Fills } from '#site/edge/splice/choose.ts';

import { defaultShown, fillPage } from './page-slots.ts';

/** What a choice showed, and how often it may be shown until some cap could be reached. */
interface Showing {
	readonly list: readonly SlotShown[];
	readonly slots: readonly string[];
	readonly isControl: boolean;
}

/** More than there are changes of profiles while a process runs. */
const REVISIONS = 2 ** 40;

/** Fills slots by what is known of visitors who agreed to personalisation, and counts what is shown. */
export function createRanking(app: {
	readonly now: App['now'];
	readonly cms: Pick<App['cms'], 'snapshot'>;
	readonly gating: {
		readonly profiles: App['gating']['profiles'];
		readonly experiments: Pick<App['gating']['experiments'], 'isHeldOut' | 'heldOut' | 'sawSlots'>;
	};
}): Chooser {
	const { profiles, experiments } = app.gating;
	const showings = new WeakMap<Fills, Showing>();
	const remember = (fills: Fills, list: readonly SlotShown[], isControl: boolean): Fills => {
		showings.set(fills, { list, slots: [...new Set(list.map(({ slot }) => slot))], isControl });
		return fills;
	};
	return {
		version: (visitor) => {
			const revision = profiles.revision(visitor);
			return revision < 0 ? revision : revision + experiments.heldOut().version * REVISIONS;
		},
		choose: async (visitor, page) => {
			const profile = await profiles.of(visitor);
			if (!profile) return null;
			const content = catalogueOf(app.cms.snapshot(), page.locale);
			if (isHeldOut(visitor)) return profile.isBlank ? null : remember({}, defaultShown(page, content), true);
			const { fills, shown } = fillPage(page, profile, { content, about: profiles.about, now: app.now().getTime() });
			return remember(fills, shown, false);
		},
		serving: (visitor: Visitor, page: ChosenPage, fills: Fills | null, stood: Fills) => {
			const chosen = fills && showings.get(fills);
			if (!chosen || chosen.list.length === 0) return null;
			const { list, slots, isControl } = standing(chosen, fills, stood, (reference) => catalogueOf(app.cms.snapshot(), page.locale).at(reference));
			const count = profiles.showing(visitor, list, isControl);
			let isNoted = false;
			return () => {
				count();
				isNoted ||= experiments.sawSlots(visitor, slots);
			};
		},
	};

	function isHeldOut({ visitorId, personId }: Visitor): boolean {
		return experiments.isHeldOut(visitorId ?? personId ?? '');
	}
}

/**
 * What was shown where something else won over what was chosen: the pieces that stood there count, and the slot tells nothing of what
 * personalisation brings.
 */
function standing({ list, slots, isControl }: Showing, chosen: Fills, stood: Fills, find: (reference: string) => ContentItem | null): Showing {
	const others = new Set(slots.filter((slot) => stood[slot] !== chosen[slot]));
	const instead = [...others].flatMap((slot) =>
		(stood[slot] ?? []).flatMap((fragment, at): readonly SlotShown[] => {
			const item = 'params' in fragment && typeof fragment.params['item'] === 'string' ? find(fragment.params['item']) : null;
			return item ? [{ slot, subject: subjectOf(item), position: at + 1 }] : [];
		}),
	);
	if (others.size === 0) return { list, slots, isControl };
	return { list: [...list.filter(({ slot }) => !others.has(slot)), ...instead], slots: slots.filter((slot) => !others.has(slot)), isControl };
}
