import { afterEach, beforeEach, vi } from 'vitest';

/** An error on the console that no test asked for fails the test. */
beforeEach(() => {
	vi.spyOn(console, 'error').mockImplementation((...args: unknown[]) => {
		throw new Error(`unexpected console.error: ${args.map(String).join(' ')}`);
	});
});

afterEach(() => {
	vi.restoreAllMocks();
});
