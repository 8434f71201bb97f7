import { defineConfig } from 'vitest/config';

const shared = {
	environment: 'node' as const,
	pool: 'forks' as const,
	setupFiles: ['./tests/support/setup.ts'],
	testTimeout: 60_000,
	hookTimeout: 240_000,
};

/** Four kinds of tests; `npm test` runs them all, browser and flow files one at a time since each starts servers of its own. */
export default defineConfig({
	test: {
		maxWorkers: 2,
		projects: [
			{
				test: { ...shared, name: 'unit', include: ['{kernel,cms,gating,webinar,search,site}/**/*.test.ts', '*.test.ts', 'tests/rules/**/*.test.ts'] },
			},
			{ test: { ...shared, name: 'contracts', include: ['tests/contracts/**/*.test.ts'] } },
			{ test: { ...shared, name: 'flows', include: ['tests/flows/**/*.test.ts'], fileParallelism: false } },
			{ test: { ...shared, name: 'browser', include: ['tests/browser/**/*.test.ts'], fileParallelism: false, testTimeout: 180_000 } },
		],
	},
});
