import type { Gating, ImportReach, ImportSettings, ImportTarget, ImportView } from '#gating';

/** What the form of `ImportSettings.astro` says of a list. Without a day the people were met at `now`. */
export function importSettings(data: FormData, view: ImportView, choices: Gating['imports']['choices'], now: Date): ImportSettings {
	const value = (name: string) => String(data.get(name) ?? '').slice(0, 2_000);
	const contacted = new Date(`${value('contacted')}T12:00:00Z`);
	return {
		name: value('name'),
		reach: value('reach') as ImportReach,
		...(view.session ? { timeZone: value('timeZone').trim() } : {}),
		tagDays: Number(value('tagDays') || 0),
		channel: value('channel'),
		sourceId: null,
		country: value('country').toUpperCase(),
		encoding: value('encoding'),
		locale: value('locale') === 'zh-CN' ? 'zh-CN' : 'en',
		contactedAt: Number.isNaN(contacted.getTime()) ? now : contacted,
		basis: {
			kind: choices.basisKinds.find((kind) => kind === value('basis')) ?? 'request',
			purposes: choices.purposes.filter((purpose) => data.getAll('purposes').includes(purpose)),
			statement: value('statement'),
		},
		mapping: view.mapping.map((_target, index) => (data.get(`column-${index}`) ?? 'ignore') as ImportTarget),
	};
}
