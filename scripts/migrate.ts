import { mkdirSync } from 'node:fs';

import { loadConfig } from '#config';
import { openPostgres } from '#kernel/database-postgres.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';

const config = loadConfig(process.env);
mkdirSync(config.dataFolder, { recursive: true });
const db = config.database.dialect === 'postgres' ? await openPostgres(config.database.url, 1) : openSqlite(config.database.file);
await db.close();
console.log('The hub database has the present schema.');
