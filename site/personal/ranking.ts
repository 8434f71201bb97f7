import type { App } from '#app';
import type { SlotShown, Visitor } from '#gating';
import { catalogueOf } from '#site/catalogue.ts';
import type { ChosenPage, Chooser, Fills } from '#site/edge/splice/choose.ts';

import { defaultShown, fillPage } from './page-slots.ts';

/** What a choice showed, and how often it may be shown until some cap could be reached. */
interface Showing {
	readonly list: readonly SlotShown[];
	readonly slots: readonly string[];
	readonly isControl: boolean;
}

/** Fills slots by what is known of visitors who agreed to personalisation, and counts what is shown. */
export function createRanking(app: {
	readonly now: App['now'];
	readonly cms: Pick<App['cms'], 'snapshot'>;
	readonly gating: {
		readonly profiles: App['gating']['profiles'];
		readonly experiments: Pick<App['gating']['experiments'], 'isHeldOut' | 'sawSlots'>;
	};
}): Chooser {
	const { profiles, experiments } = app.gating;
	const showings = new WeakMap<Fills, Showing>();
	const remember = (fills: Fills, list: readonly SlotShown[], isControl: boolean): Fills => {
		showings.set(fills, { list, slots: [...new Set(list.map(({ slot }) => slot))], isControl });
		return fills;
	};
	return {
		version: profiles.revision,
		choose: async (visitor, page) => {
			const profile = await profiles.of(visitor);
			if (!profile || profile.isBlank) return null;
			const content = catalogueOf(app.cms.snapshot(), page.locale);
			if (isHeldOut(visitor)) return remember({}, defaultShown(page, content), true);
			const { fills, shown } = fillPage(page, profile, { content, about: profiles.about, now: app.now().getTime() });
			return remember(fills, shown, false);
		},
		served: (visitor: Visitor, _page: ChosenPage, fills: Fills | null) => {
			const showing = fills && showings.get(fills);
			if (!showing || showing.list.length === 0) return;
			profiles.shown(visitor, showing.list, showing.isControl);
			experiments.sawSlots(visitor, showing.slots);
		},
	};

	function isHeldOut({ visitorId, personId }: Visitor): boolean {
		return experiments.isHeldOut(visitorId ?? personId ?? '');
	}
}
