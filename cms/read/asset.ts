import type { Row } from '../client.ts';
import type { Asset } from '../content.ts';
import { PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { numberOf, wordOf } from './cell.ts';
import { instantOf } from './due.ts';

/** All files by id. Files in the public folder or a folder within it are public. */
export function readAssets(files: readonly Row[], folders: readonly Row[]): ReadonlyMap<string, Asset> {
	const publicFolders = publicFolderIds(folders);
	return new Map(
		files.map((row) => {
			const id = wordOf(row['id']);
			const changedAt = instantOf(row['modified_on']) ?? instantOf(row['uploaded_on']) ?? new Date(0);
			const sizeBytes = numberOf(row['filesize']) || 0;
			return [
				id,
				{
					id,
					filename: wordOf(row['filename_download']) || id,
					description: wordOf(row['description']).trim(),
					mediaType: wordOf(row['type']) || 'application/octet-stream',
					sizeBytes,
					width: pixels(row['width']),
					height: pixels(row['height']),
					version: `${changedAt.getTime().toString(36)}-${sizeBytes.toString(36)}`,
					isPublic: publicFolders.has(wordOf(row['folder'])),
				},
			];
		}),
	);
}

function publicFolderIds(folders: readonly Row[]): ReadonlySet<string> {
	const ids = new Set<string>([PUBLIC_FOLDER]);
	for (let before = 0; before !== ids.size;) {
		before = ids.size;
		for (const folder of folders) if (ids.has(wordOf(folder['parent']))) ids.add(wordOf(folder['id']));
	}
	return ids;
}

function pixels(value: unknown): number | null {
	return typeof value === 'number' && value > 0 ? value : null;
}
