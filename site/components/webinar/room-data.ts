import { inLocale, type Locale } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';
import type { Texts } from '#kernel/texts/texts.ts';
import type { RoomView } from '#webinar';

import type { Catalogue } from '../../catalogue.ts';
import type { PlayerData } from './player-data.ts';

/** What the room's script is told by its page. */
export interface RoomData {
	readonly slug: string;
	readonly locale: Locale;
	readonly phase: RoomView['phase'];
	/** Epoch milliseconds by the hub's clock, when the page was made. */
	readonly serverTime: number;
	/** When it runs; both change when a host begins and ends. */
	readonly startsAt: number;
	readonly endsAt: number;
	/** True for a live one: its host begins and ends it, and no clock. */
	readonly isHosted: boolean;
	/** True while its host has not begun it. */
	readonly waitsForHost: boolean;
	/** Lines of a recording with the second at which each appears. */
	readonly planned: readonly { readonly second: number; readonly message: RoomView['messages'][number] }[];
	/** What the viewer did that the stream does not tell. */
	readonly me: RoomView['me'];
	/** Address of draws, up to their id. */
	readonly draws: string;
	/** `<type>/<slug>` → name and address of material. */
	readonly material: Readonly<Record<string, { readonly title: string; readonly href: string; readonly kind: string }>>;
	readonly words: Texts['webinar']['room'];
	readonly interaction: Texts['interaction'];
}

export function roomData(room: RoomView, content: Catalogue, addresses: Addresses, texts: Texts): RoomData {
	const { webinar, occurrence, phase, serverTime, messages, atSeconds, me } = room;
	const { locale } = content;
	const targets = [...webinar.moments.map(({ target }) => target), ...webinar.products.map((slug) => `products/${slug}`)];
	const material = targets.flatMap((target) => {
		const item = target === null ? null : content.at(reference(target));
		return item && target !== null
			? [[target, { title: inLocale(item.title, locale), href: addresses.item(item), kind: texts.site.type[item.type] }] as const]
			: [];
	});
	return {
		slug: webinar.slug,
		locale,
		phase,
		serverTime: serverTime.getTime(),
		startsAt: (occurrence.wentLiveAt ?? occurrence.startsAt).getTime(),
		endsAt: (occurrence.wentLiveAt ? occurrence.closesAt : occurrence.endsAt).getTime(),
		isHosted: webinar.mode === 'live',
		waitsForHost: webinar.mode === 'live' && occurrence.wentLiveAt === null,
		planned: phase === 'on-demand' ? messages.map((message, at) => ({ second: atSeconds[at] ?? 0, message })) : [],
		me,
		draws: `${addresses.webinar(webinar.slug)}/draws/`,
		material: Object.fromEntries(material),
		words: texts.webinar.room,
		interaction: texts.interaction,
	};
}

/** The recording of a room; null where there is none to play. */
export function playerOf({ phase, picture, serverTime, occurrence }: RoomView): PlayerData | null {
	if (picture.kind !== 'video') return null;
	return {
		pace: phase === 'on-demand' ? 'own' : 'shared',
		video: picture.path,
		hls: '',
		beats: '',
		serverTime: serverTime.getTime(),
		startsAt: occurrence.startsAt.getTime(),
		endsAt: occurrence.endsAt.getTime(),
	};
}

/** Editors may write the type as in addresses (`white-papers`) or as in the CMS. */
const reference = (target: string): string => target.replaceAll('-papers/', '_papers/');

/** JSON that may stand in a script element. */
export function jsonText(data: unknown): string {
	return JSON.stringify(data).replaceAll('<', '\\u003c');
}
