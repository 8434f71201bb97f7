import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { createPress, type Press, type PrintedFile } from '#cms';
import { folderFileStore } from '#kernel/files.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeptFiles, type KeptFiles } from '#kernel/kept-files.ts';
import { createLog } from '#kernel/log.ts';
import { createOutbox } from '#kernel/outbox.ts';

import { aSite, type Gate } from './gate.ts';

export interface PrintRoom {
	readonly press: Press;
	readonly files: KeptFiles;
	/** How often the CMS was asked for a file. */
	readonly asked: () => number;
	/** Everything that lies in the files' folder, as one buffer. */
	stored(): Buffer;
	/** What the outbox removes of erased persons. */
	removeErased(): Promise<void>;
	close(): Promise<void>;
}

/** The press over a gate's people and database, with `assets` in place of the CMS's files. */
export function aPrintRoom(gate: Gate, assets: ReadonlyMap<string, Uint8Array>): PrintRoom {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-print-'));
	const { db, keys } = gate;
	const now = () => gate.clock.at;
	const common = { db, now, random: systemRandom, log: createLog('silent') };
	const files = createKeptFiles({ ...common, store: folderFileStore(folder), limitBytes: 1e9 });
	let asked = 0;
	const press = createPress({
		...{ ...common, files, keys, origin: 'https://hub.example', content: () => aSite() },
		asset: (id) => {
			asked++;
			const bytes = assets.get(id);
			if (!bytes) return Promise.resolve({ status: 404, headers: {}, body: null });
			return Promise.resolve({ status: 200, headers: { 'content-length': String(bytes.length) }, body: new Blob([Buffer.from(bytes)]).stream() });
		},
		contact: gate.gating.people.contact,
		fileKey: gate.gating.people.fileKey,
	});
	return {
		press,
		files,
		asked: () => asked,
		stored: () =>
			Buffer.concat(
				readdirSync(folder, { recursive: true, withFileTypes: true })
					.filter((entry) => entry.isFile())
					.map(({ parentPath, name }) => readFileSync(join(parentPath, name))),
			),
		removeErased: async () => void (await createOutbox({ ...common, handlers: files.handlers }).runDue()),
		close: async () => {
			await press.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export async function bytesIn(printed: PrintedFile): Promise<Buffer> {
	return buffer(await printed.read());
}
