import { GATED_FOLDER, PUBLIC_FOLDER } from './folder.ts';
import { type Field, field, type Tab, type Words } from './field.ts';

/**
 * An ordered choice of items of another collection, kept as `[{ key, collection }]` in one JSON field: no junction collection.
 * The database does not watch it, so the snapshot drops what no longer exists.
 */
export function references(name: string, label: Words, collection: string, template: string, filter: object | null = null, tab: Tab = 'main'): Field {
	return field(
		name,
		'json',
		label,
		{ tab },
		{
			interface: 'collection-item-multiple-dropdown',
			special: ['cast-json'],
			options: { selectedCollection: collection, template, ...(filter ? { filter } : {}) },
		},
	);
}

/** One item of another collection. */
export function reference(name: string, label: Words, collection: string, template: string, filter: object | null = null): Field {
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true },
		{
			interface: 'select-dropdown-m2o',
			special: ['m2o'],
			options: { template, ...(filter ? { filter } : {}) },
			display: 'related-values',
			display_options: { template },
		},
		{ relatesTo: { collection, onDelete: 'SET NULL' } },
	);
}

/** A picture that everybody may see. */
export function picture(name: string, label: Words): Field {
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true },
		{ interface: 'file-image', special: ['file'], options: { folder: PUBLIC_FOLDER, crop: false }, display: 'image' },
		{ relatesTo: { collection: 'directus_files', onDelete: 'SET NULL' } },
	);
}

/** A file that everybody may see, such as a film. */
export function openFile(name: string, label: Words): Field {
	return fileField(name, label, PUBLIC_FOLDER);
}

/** A file; new ones go to the gated folder, so that nothing becomes public by oversight. */
export function document(name: string, label: Words): Field {
	return fileField(name, label, GATED_FOLDER);
}

function fileField(name: string, label: Words, folder: string): Field {
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true },
		{ interface: 'file', special: ['file'], options: { folder }, display: 'file' },
		{ relatesTo: { collection: 'directus_files', onDelete: 'SET NULL' } },
	);
}
