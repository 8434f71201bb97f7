import { resolve } from 'node:path';

import { createApp } from '#app';
import { loadConfig } from '#config';
import { serveApp } from '#site/edge/serve.ts';

import { addVisitors } from './personal-visitors.ts';

export type PersonalQuestion = { readonly ask: 'usage' } | { readonly ask: 'publish' } | { readonly ask: 'cold'; readonly at: number };

/** The hub with many visitors who agreed and have read different things. Background work rests. */
const config = loadConfig(process.env);
const app = await createApp(config, { cmsAccess: { token: 'none', hookSecret: 'none' } });
await app.start();
const visitors = await addVisitors(app, Number(process.env['BENCH_VISITORS'] ?? 10_000));
await serveApp(app, resolve(import.meta.dirname, '../../dist'));
process.send?.({ cookies: visitors.map(({ cookie }) => cookie) });

process.on('message', ({ ask }: PersonalQuestion) => {
	if (ask !== 'usage') return;
	const { user, system } = process.cpuUsage();
	process.send?.({ rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit(0));
