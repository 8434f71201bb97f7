import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { find } from './needs.ts';

/** What the stage is tried against. */
export interface MediaServer {
	/** For the hub's `LIVEKIT_SERVER_BIN`. */
	readonly program: string;
	readonly isReal: boolean;
	/** One line for whoever reads the run. */
	readonly words: string;
}

/** The real `livekit-server` where there is one (`LIVEKIT_SERVER_BIN=none`: as if not), else the project's own double of its signalling. */
export function mediaServer(): MediaServer {
	const real = find('livekit');
	if (real !== null) {
		const version = execFileSync(real, ['--version'], { encoding: 'utf8' }).trim();
		return { program: real, isReal: true, words: `THE STAGE RAN ON A REAL SERVER: ${version}` };
	}
	const program = join(mkdtempSync(join(tmpdir(), 'foyer-livekit-double-')), 'livekit-double');
	const script = join(import.meta.dirname, 'livekit-double', 'run-double.ts');
	writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
	chmodSync(program, 0o700);
	return {
		program,
		isReal: false,
		words: 'THE STAGE RAN ON OUR OWN SIGNALLING DOUBLE, NOT ON LIVEKIT: seats, grants and roles were tried, decoded pictures were not.',
	};
}
