import type { Collection } from './model/collection.ts';
import type { Field } from './model/field.ts';
import { type Section, SECTIONS, type Tab, tabs } from './model/group.ts';
import { translations } from './model/words.ts';

/** A field as Directus takes it. */
export interface DirectusField {
	readonly field: string;
	readonly type: string;
	readonly schema: Readonly<Record<string, unknown>> | null;
	readonly meta: Readonly<Record<string, unknown>>;
}

const GROUP = ['alias', 'no-data', 'group'];

/**
 * The fields of a collection in the order of its form: those above the tabs first, then tabs, headings and what stands under them.
 * A collection without a text in a language of its own has no tabs: all of its headings stand on one page.
 */
export function formOf({ fields }: Collection): DirectusField[] {
	const hasTabs = fields.some(({ tab }) => tab === 'en');
	const shown = fields.filter(({ tab }) => tab !== 'none' && tab !== 'top');
	const used = tabs.filter(({ tab }) => shown.some((field) => field.tab === tab));
	const parentOf = (tab: Tab): string | null => (hasTabs ? `tab_${tab}` : null);
	const ordered = [
		...fields.filter(({ tab }) => tab === 'none').map((field) => placed(field, null)),
		...fields.filter(({ tab }) => tab === 'top').map((field) => placed(field, null)),
		...(hasTabs ? [tabBar(), ...used.map(({ tab, label }) => tabField(tab, translations(label)))] : []),
		...used.flatMap(({ tab }) =>
			sectioned(
				shown.filter((field) => field.tab === tab),
				tab,
				parentOf(tab),
			),
		),
	];
	return ordered.map((field, at) => ({ ...field, meta: { ...field.meta, sort: at + 1 } }));
}

/** The fields of one tab, each heading where its first field is. */
function sectioned(fields: readonly Field[], tab: Tab, parent: string | null): DirectusField[] {
	const sections = [...new Set(fields.map((field) => field.section))];
	return sections.flatMap((section) => {
		const own = fields.filter((field) => field.section === section);
		if (section === null) return own.map((field) => placed(field, parent));
		const name = `group_${tab}_${section}`;
		return [heading(name, section, parent), ...own.map((field) => placed(field, name))];
	});
}

function placed({ field, type, schema, meta }: Field, group: string | null): DirectusField {
	return { field, type, schema, meta: { ...meta, group } };
}

function tabBar(): DirectusField {
	const meta = { special: GROUP, interface: 'group-tabs', options: { fillWidth: true }, group: null };
	return { field: 'tabs', type: 'alias', schema: null, meta };
}

function tabField(tab: Tab, names: readonly object[]): DirectusField {
	return { field: `tab_${tab}`, type: 'alias', schema: null, meta: { special: GROUP, interface: 'group-raw', group: 'tabs', translations: names } };
}

function heading(name: string, section: Section, group: string | null): DirectusField {
	const { label, icon } = SECTIONS[section];
	const options = { start: 'open', headerIcon: icon };
	return {
		field: name,
		type: 'alias',
		schema: null,
		meta: { special: GROUP, interface: 'group-detail', options, group, translations: translations(label) },
	};
}
