import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const OPENS_A_DATABASE = '#tests/support/database.ts';
const IMPORT = /from '(#tests\/[^']+|\.{1,2}\/[^']+)'/g;

/**
 * Contracts and flows that open a test database, themselves or through their support files: those that say something new on
 * PostgreSQL. The others ran already.
 */
export function databaseTests(root: string): string[] {
	return globSync(['tests/contracts/**/*.test.ts', 'tests/flows/**/*.test.ts'], { cwd: root })
		.filter((file) => opensDatabase(root, file, new Set()))
		.sort();
}

function opensDatabase(root: string, file: string, seen: Set<string>): boolean {
	if (seen.has(file)) return false;
	seen.add(file);
	const text = readFileSync(join(root, file), 'utf8');
	return [...text.matchAll(IMPORT)].some(([, name = '']) => {
		if (name === OPENS_A_DATABASE) return true;
		const path = name.startsWith('#tests/') ? name.replace('#tests/', 'tests/') : join(file, '..', name);
		return path === 'tests/support/database.ts' || opensDatabase(root, path, seen);
	});
}
