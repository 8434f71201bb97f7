import { and, eq, gt, isNull } from 'drizzle-orm';

import type { Reader } from '#gating';
import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { closesAtOf, statusAt } from '../programme/status.ts';
import { NONE_TAKEN, seatsTaken } from '../registration/registration.ts';
import { occurrence, siteBanner } from '../schema.ts';
import { BANNER_PLACES, type BannerRow, bannersAt, bannersChangeAt } from './banner.ts';
import type { BannerSettings, SiteBanners } from './public.ts';

/** The entrance of whoever registers by one. */
export const BANNER_CHANNEL = 'banner';
/** Letters of a banner in one language: more would take two lines of a wide page. */
export const BANNER_LENGTH = 90;

type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'log' | 'gating'>;

export function createSiteBanners(deps: Deps): SiteBanners {
	const { db, now, random, log } = deps;
	const listeners = new Set<() => void>();
	let rows: readonly BannerRow[] = [];
	let known = '[]';
	let reading: Promise<void> | null = null;

	const read = async (): Promise<void> => {
		rows = await switchedOn(deps);
		const seen = JSON.stringify(bannersAt(rows, now()));
		if (seen === known) return;
		known = seen;
		for (const listener of listeners) listener();
	};
	/** A read that began before the caller's write may miss it: the next one begins after it. */
	const refresh = async (): Promise<void> => {
		await reading;
		reading ??= read()
			.catch((error: unknown) => log.warn({ err: error }, 'banners of webinars could not be read'))
			.finally(() => (reading = null));
		await reading;
	};
	const audit = (by: Pick<Reader, 'actor' | 'origin'>, action: string, id: string, detail: Readonly<Record<string, unknown>>) => ({
		...{ actor: by.actor, origin: by.origin, action },
		...{ subject: `occurrence:${id}`, detail },
	});
	const rowOf = async (id: string) => (await db.read.select().from(siteBanner).where(eq(siteBanner.occurrenceId, id)))[0] ?? null;

	return Object.freeze<SiteBanners>({
		of: async (id) => {
			const found = await rowOf(id);
			return found && settingsOf(found);
		},
		save: async (id, settings, by) => {
			const one = await occurrenceById(db.read, id);
			if (!one) throw new DomainError('not-found', 'There is no such start of a webinar.');
			const checked = check(settings, one, now());
			const tags = (await rowOf(id))?.tags ?? (await countedBy(deps, one, by));
			const at = now();
			await db.write(async (tx) => {
				const row = { ...checked, isOn: true, tags, updatedAt: at, updatedBy: by.actor };
				await tx
					.insert(siteBanner)
					.values({ occurrenceId: id, ...row })
					.onConflictDoUpdate({ target: siteBanner.occurrenceId, set: row });
				await recordAudit(tx, audit(by, 'webinar.banner', id, { places: checked.places }), at, random);
			});
			await refresh();
		},
		switchOff: async (id, by) => {
			const at = now();
			await db.write(async (tx) => {
				const off = await tx
					.update(siteBanner)
					.set({ isOn: false, updatedAt: at, updatedBy: by.actor })
					.where(and(eq(siteBanner.occurrenceId, id), eq(siteBanner.isOn, true)))
					.returning({ id: siteBanner.occurrenceId });
				if (off.length > 0) await recordAudit(tx, audit(by, 'webinar.banner-off', id, {}), at, random);
			});
			await refresh();
		},
		current: () => (rows.length === 0 ? [] : bannersAt(rows, now())),
		changesAt: () => bannersChangeAt(rows, now()),
		refresh,
		onChange: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	});
}

/** The banners whose time may be now or later. */
async function switchedOn({ db, now }: Deps): Promise<BannerRow[]> {
	const found = await db.read
		.select({ banner: siteBanner, occurrence })
		.from(siteBanner)
		.innerJoin(occurrence, eq(occurrence.id, siteBanner.occurrenceId))
		.where(and(eq(siteBanner.isOn, true), isNull(occurrence.cancelledAt), gt(occurrence.closesAt, now())));
	if (found.length === 0) return [];
	const limited = found.filter((row) => row.occurrence.capacity !== null).map((row) => row.occurrence.id);
	const taken = await seatsTaken(db.read, limited);
	return found.map(({ banner, occurrence: one }) => {
		const { fromAt, untilAt, places, text, tags } = banner;
		return { occurrence: one, fromAt, untilAt, places, text, tags, taken: taken.get(one.id) ?? NONE_TAKEN };
	});
}

/** The link behind the banner: one for all its languages. */
async function countedBy({ gating }: Deps, one: Occurrence, by: Reader): Promise<string> {
	const names = { name: `Banner: ${one.title.en || one.title['zh-CN']}`.slice(0, 80), campaign: one.slug, tactic: '' };
	const link = await gating.channels.addSource({ ...names, channel: BANNER_CHANNEL, path: `/webinars/${one.slug}`, code: '', expiresAt: null }, by);
	const address = gating.channels.addressOf(link);
	return address === null ? '' : new URL(address).search;
}

/** @throws DomainError conflict, invalid */
function check({ fromAt, untilAt, places, text }: Omit<BannerSettings, 'isOn'>, one: Occurrence, now: Date): Omit<BannerSettings, 'isOn'> {
	if (one.mode === 'on-demand' || one.cancelledAt !== null || statusAt(one, now) === 'ended')
		throw new DomainError('conflict', 'A banner leads to a start that is still to come.');
	const kept = BANNER_PLACES.filter((place) => places.includes(place));
	if (kept.length === 0) throw new DomainError('invalid', 'A banner stands somewhere.', { fields: [{ field: 'places', code: 'required' }] });
	const end = untilAt ?? one.startsAt;
	if (end <= fromAt || end <= now || fromAt >= closesAtOf(one))
		throw new DomainError('invalid', 'It would never be seen.', { fields: [{ field: 'until', code: 'time' }] });
	const trimmed = { en: text.en.trim().slice(0, BANNER_LENGTH), 'zh-CN': text['zh-CN'].trim().slice(0, BANNER_LENGTH) };
	return { fromAt, untilAt, places: kept, text: trimmed };
}

function settingsOf({ isOn, fromAt, untilAt, places, text }: typeof siteBanner.$inferSelect): BannerSettings {
	return { isOn, fromAt, untilAt, places, text };
}
