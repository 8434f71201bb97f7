import { resolve } from 'node:path';

import { createApp } from '#app';
import { loadConfig } from '#config';
import { STRANGER } from '#gating';
import { serveApp } from '#site/edge/serve.ts';

import { startLoop } from '../../worker.ts';

/** What the bench asks of the hub it measures. */
export type HubQuestion =
	/** Fills the byte cache with pages like the kept ones, until it is full. */
	{ readonly ask: 'fill' } | { readonly ask: 'usage' };

/** What a measured process has used so far. */
export interface Usage {
	readonly rss: number;
	readonly cpuMs: number;
}

export interface HubReady {
	/** `Cookie` of a browser that consented to analytics. */
	readonly consenting: string;
	/** `Cookie` of each person registered for the webinar {@link HubReady.slug}; one may open few streams. */
	readonly registered: readonly string[];
	readonly slug: string;
}

/** The hub as `npm start` runs it, but for Directus: content comes from the kept snapshot of the data folder. */
const config = loadConfig(process.env);
const app = await createApp(config, { cmsAccess: { token: 'none', hookSecret: 'none' } });
await app.start();
const hub = await serveApp(app, resolve(import.meta.dirname, process.env['BENCH_DIST'] ?? '../../dist'));
const loop = startLoop(app);

/** One registrant may have four streams open. */
const REGISTRANTS = Number(process.env['BENCH_REGISTRANTS'] ?? 1);
const { gating, webinars } = app;
const cookies = (set: readonly { readonly name: string; readonly value: string }[]) => set.map(({ name, value }) => `${name}=${value}`).join('; ');
const answered = await gating.consents.answer({ purposes: ['analytics'], locale: 'en', channel: 'direct', visitor: STRANGER, firstTouch: {} });
const webinar = app.cms.snapshot().webinars.find(({ mode }) => mode === 'simulive');
if (!webinar) throw new Error('the sample content has no simulive webinar');
const { slug, formKey } = webinar;
const passes: string[] = [];
for (let n = 0; n < REGISTRANTS; n++) passes.push(await register(n));
process.send?.({ consenting: cookies(answered.setCookies), registered: passes.map((pass) => `foyer_pass=${pass}`), slug } satisfies HubReady);

process.on('message', (question: HubQuestion) => void answer(question));
process.on(
	'disconnect',
	() =>
		void hub
			.stop()
			.then(loop.stop)
			.then(app.stop)
			.then(() => process.exit(0)),
);

async function answer({ ask }: HubQuestion): Promise<void> {
	switch (ask) {
		case 'fill': {
			for (let n = 0; hub.cache.stats().bytes < config.server.byteCacheBytes - 300_000 && n < 20_000; n++) {
				const body = Buffer.from(`<html>${'<p>A page of words and figures, 4.2 kW at 1,450 min⁻¹</p>'.repeat(600)}${n}</html>`);
				await hub.cache.fill(`bench${n}`, () =>
					Promise.resolve({
						status: 200,
						headers: [['content-type', 'text/html']],
						body,
						isShareable: true,
						tags: ['bench'],
						untilMs: Infinity,
						split: null,
					}),
				);
				if (n % 50 === 0) await hub.cache.settled();
			}
			await hub.cache.settled();
			process.send?.({ bytes: hub.cache.stats().bytes });
			return;
		}
		case 'usage':
			process.send?.({ rss: process.memoryUsage.rss(), cpuMs: cpuMs() } satisfies Usage);
	}
}

function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

/** A person with a seat; returns the secret of their pass. */
async function register(n: number): Promise<string> {
	// Four of each company, as people come to a webinar.
	const company = `packline-${Math.floor(n / 4)}`;
	const who = {
		answers: { name: 'Ada Keller', email: `ada.keller.${n}@${company}.example`, company, jobTitle: 'Design engineer' },
		consents: [],
		locale: 'en',
		timeZone: 'Europe/Zurich',
		channel: 'direct',
	} as const;
	const subject = `webinars:${webinar!.id}`;
	const act = await app.db.write(async (tx) => {
		const { personId } = await gating.people.resolve(tx, { ...who, formKey, subject, visitor: STRANGER });
		return gating.people.verifiedAct(tx, { personId, covers: [], visitor: STRANGER, how: 'link' });
	});
	const secret = act.status === 'verified' ? act.setCookies.find(({ name }) => name === 'foyer_pass')?.value : undefined;
	if (secret === undefined) throw new Error('the bench has no registrant');
	const verified = await gating.visitors.identify({ pass: secret });
	const outcome = await webinars.register({
		...who,
		slug,
		occurrenceId: null,
		visitor: verified,
		network: `bench-${n}`,
		trap: { honeypot: '', challenge: null },
	});
	if (outcome.status !== 'registered') throw new Error(`the bench could not register: ${JSON.stringify(outcome)}`);
	return secret;
}
