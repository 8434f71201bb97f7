import { join } from 'node:path';

import { loadConfig } from '#config';
import { openPostgres } from '#kernel/database-postgres.ts';
import { openSqliteReader } from '#kernel/database-sqlite.ts';
import { systemRandom } from '#kernel/id.ts';
import { readKeyFile, writeKeyFile } from '#kernel/key-file.ts';
import { createKeys, formatKeyRing, parseKeyRing, ROOTS, rotatedRing } from '#kernel/keys.ts';
import { wrappedCounts } from '#gating/upkeep/rekey.ts';

/**
 * `keys`: what each master key wraps. `keys rotate`: a new key in front; a running hub takes it up within seconds and wraps everything
 * anew while it serves. `keys retire k1`: takes a key out once it wraps nothing.
 */
const config = loadConfig(process.env);
const file = join(config.dataFolder, 'foyer.keys');
const ring = config.keys === null ? readKeyFile(file) : parseKeyRing(config.keys);
const [task = 'status', id = ''] = process.argv.slice(2);

switch (task) {
	case 'status': {
		const counts = await countWrapped();
		for (const [key, wraps] of Object.entries(counts)) console.log(`${key.padEnd(8)} wraps ${wraps} keys of people and lists`);
		console.log(
			createKeys(ring, systemRandom).hasRoots()
				? 'Look-ups and signatures have keys of their own: every key can be retired.'
				: 'Look-ups and signatures come from the last key: rotate once to set them apart.',
		);
		break;
	}
	case 'rotate': {
		const next = rotatedRing(ring, systemRandom);
		keep(next);
		console.log(`${next[0]?.id ?? ''} is in front now. Follow "npm run keys" until the others wrap nothing; then "npm run keys -- retire k…".`);
		break;
	}
	case 'retire': {
		const rest = ring.filter((entry) => entry.id !== id);
		if (rest.length === ring.length || id === ROOTS) stop(`there is no key "${id}" to retire: "npm run keys" lists them.`);
		if (rest.every((entry) => entry.id === ROOTS)) stop('this is the only key: rotate first.');
		if (!createKeys(ring, systemRandom).hasRoots()) stop('look-ups and signatures still come from the last key: rotate once first.');
		const wraps = (await countWrapped())[id] ?? 0;
		if (wraps > 0) stop(`${id} still wraps ${wraps} keys: they are wrapped anew while the hub runs, and once more each night.`);
		keep(rest);
		console.log(`${id} is out. Destroy its copies; backups from before still need it.`);
		break;
	}
	default:
		stop('say "npm run keys", "npm run keys -- rotate" or "npm run keys -- retire k1".');
}

/** To the key file; where the ring comes from the environment, for the operator to put there. */
function keep(next: typeof ring): void {
	if (config.keys === null) writeKeyFile(file, next);
	else console.log(`Set FOYER_KEYS to this and start the hubs again, one after another:\n${formatKeyRing(next)}`);
}

async function countWrapped(): Promise<Record<string, number>> {
	const ids = createKeys(ring, systemRandom).ids();
	if (config.database.dialect === 'postgres') {
		const db = await openPostgres(config.database.url, 1);
		const counts = await wrappedCounts(db.read, { ids });
		await db.close();
		return counts;
	}
	const reader = openSqliteReader(config.database.file);
	const counts = await wrappedCounts(reader.handle, { ids });
	reader.close();
	return counts;
}

function stop(sentence: string): never {
	console.error(`foyer: ${sentence}`);
	process.exit(1);
}
