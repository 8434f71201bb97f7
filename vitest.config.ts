import { defineConfig } from 'vitest/config';

import { hubTests, TIMED } from './scripts/which-tests.ts';

const shared = {
	environment: 'node' as const,
	pool: 'forks' as const,
	setupFiles: ['./tests/support/setup.ts'],
	testTimeout: 60_000,
	hookTimeout: 240_000,
};

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
			{ test: { ...shared, name: 'hubs', include: hubs } },
			{ test: { ...shared, name: 'timed', include: [...TIMED], fileParallelism: false } },
			{ test: { ...shared, name: 'browser', include: ['tests/browser/**/*.test.ts'], testTimeout: 180_000 } },
		],
	},
});
