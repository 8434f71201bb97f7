import { join, resolve } from 'node:path';

import { createApp } from '#app';
import type { Row } from '#cms/client.ts';
import { readKept, writeKept } from '#cms/kept.ts';
import type { Rows } from '#cms/rows.ts';
import { loadConfig } from '#config';
import { catalogueOf } from '#site/catalogue.ts';
import { identifyShown } from '#site/edge/identify.ts';
import { serveApp } from '#site/edge/serve.ts';
import { subjectOf } from '#gating/profile/candidate.ts';
import { defaultHero, defaultRow, rankHero, rankRow } from '#site/personal/page-slots.ts';

import { addVisitors } from './personal-visitors.ts';

export type PersonalQuestion =
	| { readonly ask: 'usage' }
	/** Changes the title of everything that slots may show, as a publication does. */
	| { readonly ask: 'publish'; readonly word: string }
	/** What the ranking says on its own to whoever sends this cookie. */
	| { readonly ask: 'picks'; readonly cookies: readonly string[] };

/** The hub with many visitors who agreed and have read different things. Background work rests. */
const config = loadConfig(process.env);
const app = await createApp(config, { cmsAccess: { token: 'none', hookSecret: 'none' } });
await app.start();
const visitors = await addVisitors(app, Number(process.env['BENCH_VISITORS'] ?? 10_000));
await serveApp(app, resolve(import.meta.dirname, '../../dist'));
process.send?.({ cookies: visitors.map(({ cookie }) => cookie) });

process.on('message', (question: PersonalQuestion) => void answer(question).then((answered) => process.send?.(answered)));
process.on('disconnect', () => process.exit(0));

async function answer(question: PersonalQuestion): Promise<unknown> {
	switch (question.ask) {
		case 'usage': {
			const { user, system } = process.cpuUsage();
			return { rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 };
		}
		case 'publish': {
			const file = join(config.dataFolder, 'snapshot.json');
			const kept = await readKept(file);
			if (!kept) throw new Error('nothing is kept');
			await writeKept(file, { ...kept, revision: kept.revision + 1, rows: retitled(kept.rows, question.word) });
			await app.cms.start();
			return true;
		}
		case 'picks':
			return Promise.all(question.cookies.map(picksOf));
	}
}

/** Subjects of the opening piece and of the row, best first. */
async function picksOf(cookie: string): Promise<readonly string[]> {
	const { profiles, experiments } = app.gating;
	const visitor = await identifyShown(app, cookie);
	const content = catalogueOf(app.cms.snapshot(), 'en');
	const profile = experiments.isHeldOut(visitor.visitorId ?? '') ? null : await profiles.of(visitor);
	const context = { content, about: profiles.about, now: app.now().getTime() };
	if (!profile || profile.isBlank) {
		const hero = defaultHero(content);
		return [...(hero ? [hero] : []), ...defaultRow(content, hero)].map(subjectOf);
	}
	const [hero] = rankHero(profile, context);
	return [...(hero ? [hero] : []), ...rankRow(profile, context, hero?.candidate.item ?? null)].map(({ candidate }) => candidate.subject);
}

function retitled(rows: Rows, word: string): Rows {
	const change = (row: Row): Row => ({ ...row, title_en: `${word} ${String(row['title_en'])}`, name_en: `${word} ${String(row['name_en'])}` });
	const { white_papers, cases, articles, webinars, products, ...others } = rows.collections;
	const changed = Object.fromEntries(
		Object.entries({ white_papers, cases, articles, webinars, products }).map(([name, list]) => [name, list.map(change)]),
	);
	return { ...rows, collections: { ...others, ...changed } as Rows['collections'] };
}
