import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const IMPORT = /from '(#tests\/[^']+|\.{1,2}\/[^']+)'/g;

/** They open a database for what they are not about: Directus, and the drawing of PDFs. */
const BESIDE: readonly string[] = ['tests/contracts/cms.test.ts', 'tests/flows/stamp.test.ts'];

/**
 * Contracts and flows that open a test database, themselves or through their support files: those that say something new on
 * PostgreSQL. The others ran already.
 */
export function databaseTests(root: string): string[] {
	return testsThatReach(root, 'tests/support/database.ts', ['tests/contracts/**/*.test.ts', 'tests/flows/**/*.test.ts']).filter(
		(file) => !BESIDE.includes(file),
	);
}

/** Flows that hold the hub to seconds, or stop and start it: they run one at a time, with nothing beside them. */
export const TIMED: readonly string[] = ['dev', 'faults', 'publishing', 'start'].map((name) => `tests/flows/${name}.test.ts`);

/** The other flows that start a whole hub. */
export function hubTests(root: string): string[] {
	return testsThatReach(root, 'tests/support/hub.ts', ['tests/flows/**/*.test.ts']).filter((file) => !TIMED.includes(file));
}

function testsThatReach(root: string, support: string, patterns: readonly string[]): string[] {
	return globSync([...patterns], { cwd: root })
		.filter((file) => reaches(root, file, support, new Set()))
		.sort();
}

function reaches(root: string, file: string, support: string, seen: Set<string>): boolean {
	if (seen.has(file)) return false;
	seen.add(file);
	// What a test writes for a process of its own names files by another folder.
	if (!existsSync(join(root, file))) return false;
	const text = readFileSync(join(root, file), 'utf8');
	return [...text.matchAll(IMPORT)].some(([, name = '']) => {
		const path = name.startsWith('#tests/') ? name.replace('#tests/', 'tests/') : join(file, '..', name);
		return path === support || reaches(root, path, support, seen);
	});
}
