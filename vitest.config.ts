import { defineConfig } from 'vitest/config';

import { hubTests, TIMED } from './scripts/which-tests.ts';

const shared = {
	environment: 'node' as const,
	pool: 'forks' as const,
	// Files of one worker share its modules: loading them for each file anew took a third of the time of unit tests and a sixth of the flows'.
	isolate: false,
	setupFiles: ['./tests/support/setup.ts'],
	testTimeout: 60_000,
	hookTimeout: 240_000,
};

/** Tests that hold real servers and browsers to seconds get a second try in CI; the run names each that needed it. */
const held = { ...shared, retry: process.env['CI'] ? 1 : 0 };

const hubs = hubTests(import.meta.dirname);

/** Six kinds of tests; `npm test` runs them all, flows that hold the hub to seconds one file at a time. */
export default defineConfig({
	test: {
		maxWorkers: 2,
		projects: [
			{
				test: { ...shared, name: 'unit', include: ['{kernel,cms,gating,webinar,search,site}/**/*.test.ts', '*.test.ts', 'tests/rules/**/*.test.ts'] },
			},
			{ test: { ...shared, name: 'contracts', include: ['tests/contracts/**/*.test.ts'] } },
			{ test: { ...shared, name: 'flows', include: ['tests/flows/**/*.test.ts'], exclude: [...hubs, ...TIMED] } },
			{ test: { ...held, name: 'hubs', include: hubs } },
			// One worker asks for a group of its own: it goes when the others have ended.
			{ test: { ...held, name: 'timed', include: [...TIMED], fileParallelism: false, sequence: { groupOrder: 1 } } },
			{ test: { ...held, name: 'browser', include: ['tests/browser/**/*.test.ts'], testTimeout: 180_000 } },
		],
	},
});
