import { stableId } from '#kernel/id.ts';

/** Folder of Directus whose files everybody may see. Every other file needs a grant. */
export const PUBLIC_FOLDER = stableId('folder:public');
export const GATED_FOLDER = stableId('folder:gated');

/** Folders have one name for everybody, so it says it in both languages. */
export const folders = [
	{ id: PUBLIC_FOLDER, name: 'Public · 公开' },
	{ id: GATED_FOLDER, name: 'Gated · 需登记' },
] as const;
