import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { describe, test } from 'vitest';

/** Servers that some tests need for real. */
export const NEEDS = ['livekit', 'meilisearch', 'postgres'] as const;
export type Need = (typeof NEEDS)[number];

/** Where the server is: its variable, else the PATH; PostgreSQL comes from npm and is given by `npm run test:postgres`. Null when absent, or `none`. */
export function find(need: Need): string | null {
	switch (need) {
		case 'livekit':
			return process.env['LIVEKIT_SERVER_BIN'] === 'none' ? null : process.env['LIVEKIT_SERVER_BIN'] || onPath('livekit-server');
		case 'meilisearch':
			return process.env['MEILISEARCH_BIN'] || onPath('meilisearch');
		case 'postgres':
			return process.env['FOYER_POSTGRES_URL'] || null;
	}
}

const ABSENT: Readonly<Record<Need, string>> = {
	livekit: 'livekit-server is neither on the PATH nor at LIVEKIT_SERVER_BIN; rooms ran on our own doubles only',
	meilisearch: 'meilisearch is neither on the PATH nor at MEILISEARCH_BIN; search ran on the embedded engine only',
	postgres: 'no PostgreSQL in this run: npm run test:postgres starts one; this run used SQLite',
};

/** A suite that runs only against the real server, and is skipped by name, with its reason, where that is absent. */
export function describeWith(need: Need, name: string, body: (location: string) => void): void {
	const location = find(need);
	if (location !== null) {
		describe(name, () => body(location));
		return;
	}
	test(`${name} (needs ${need})`, (context) => context.skip(ABSENT[need]));
}

function onPath(program: string): string | null {
	for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
		const path = join(folder, program);
		try {
			accessSync(path, constants.X_OK);
			return path;
		} catch {
			continue;
		}
	}
	return null;
}
