import { stableId } from '#kernel/id.ts';

/** Folder of Directus whose files everybody may see. Every other file needs a grant. */
export const PUBLIC_FOLDER = stableId('folder:public');
export const GATED_FOLDER = stableId('folder:gated');

export const folders = [
	{ id: PUBLIC_FOLDER, name: 'Public' },
	{ id: GATED_FOLDER, name: 'Gated' },
] as const;
