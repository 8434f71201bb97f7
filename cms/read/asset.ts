import type { Row } from '../client.ts';
import type { Asset } from '../content.ts';
import { PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { instantOf } from './due.ts';

/** All files by id. Files in the public folder or a folder within it are public. */
export function readAssets(files: readonly Row[], folders: readonly Row[]): ReadonlyMap<string, Asset> {
	const publicFolders = publicFolderIds(folders);
	return new Map(
		files.map((row) => {
			const id = String(row['id']);
			const changedAt = instantOf(row['modified_on']) ?? instantOf(row['uploaded_on']) ?? new Date(0);
			const sizeBytes = Number(row['filesize'] ?? 0);
			return [
				id,
				{
					id,
					filename: String(row['filename_download'] ?? id),
					description: String(row['description'] ?? '').trim(),
					mediaType: String(row['type'] ?? 'application/octet-stream'),
					sizeBytes,
					width: pixels(row['width']),
					height: pixels(row['height']),
					version: `${changedAt.getTime().toString(36)}-${sizeBytes.toString(36)}`,
					isPublic: publicFolders.has(String(row['folder'])),
				},
			];
		}),
	);
}

function publicFolderIds(folders: readonly Row[]): ReadonlySet<string> {
	const ids = new Set<string>([PUBLIC_FOLDER]);
	for (let before = 0; before !== ids.size;) {
		before = ids.size;
		for (const folder of folders) if (ids.has(String(folder['parent']))) ids.add(String(folder['id']));
	}
	return ids;
}

function pixels(value: unknown): number | null {
	return typeof value === 'number' && value > 0 ? value : null;
}
