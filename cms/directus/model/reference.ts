import { GATED_FOLDER, PUBLIC_FOLDER } from './folder.ts';
import { type Field, field, type FieldOptions } from './field.ts';
import type { Words } from './words.ts';

interface ReferenceOptions extends FieldOptions {
	/** Which items of the other collection are offered. */
	readonly filter?: object;
}

/**
 * An ordered choice of items of another collection, kept as `[{ key, collection }]` in one JSON field: no junction collection.
 * The database does not watch it, so the snapshot drops what no longer exists.
 */
export function references(name: string, label: Words, collection: string, template: string, options: ReferenceOptions = {}): Field {
	const { filter } = options;
	return field(name, 'json', label, options, {
		interface: 'collection-item-multiple-dropdown',
		special: ['cast-json'],
		options: { selectedCollection: collection, template, ...(filter ? { filter } : {}) },
	});
}

/** One item of another collection. */
export function reference(name: string, label: Words, collection: string, template: string, options: ReferenceOptions = {}): Field {
	const { filter } = options;
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true, ...options },
		{
			interface: 'select-dropdown-m2o',
			special: ['m2o'],
			options: { template, enableCreate: false, ...(filter ? { filter } : {}) },
			display: 'related-values',
			display_options: { template },
		},
		{ relatesTo: { collection, onDelete: 'SET NULL' } },
	);
}

/** A picture that everybody may see. */
export function picture(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true, ...options },
		{ interface: 'file-image', special: ['file'], options: { folder: PUBLIC_FOLDER, crop: false }, display: 'image' },
		{ relatesTo: { collection: 'directus_files', onDelete: 'SET NULL' } },
	);
}

/** A file that everybody may see, such as a film. */
export function openFile(name: string, label: Words, options: FieldOptions = {}): Field {
	return fileField(name, label, PUBLIC_FOLDER, options);
}

/** A file; new ones go to the gated folder, so that nothing becomes public by oversight. */
export function document(name: string, label: Words, options: FieldOptions = {}): Field {
	return fileField(name, label, GATED_FOLDER, options);
}

function fileField(name: string, label: Words, folder: string, options: FieldOptions): Field {
	return field(
		name,
		'uuid',
		label,
		{ isHalf: true, ...options },
		{ interface: 'file', special: ['file'], options: { folder }, display: 'file' },
		{ relatesTo: { collection: 'directus_files', onDelete: 'SET NULL' } },
	);
}
