import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ExperimentDefinition, Visitor } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { audit } from '#kernel/schema.ts';
import { aSite, type Browser, createGate } from '#tests/support/gate.ts';

type Gate = Awaited<ReturnType<typeof createGate>>;

const staff = { actor: 'staff:mara', origin: '', seesPeople: true };
const page = { path: '/', locale: 'en', holes: ['home.title', 'home.lead', 'home-for-you'] } as const;
const PAPER = { path: '/white-papers/p1', locale: 'en', holes: ['paper.form-title', 'paper.form-button'] } as const;

const headline: ExperimentDefinition = {
	name: 'Headline with a number',
	hypothesis: 'A figure in the headline makes more visitors ask for a paper.',
	place: 'home',
	path: '/',
	metric: 'form',
	guardrails: ['quote'],
	share: 100,
	audience: { locale: '', who: 'all', stage: '', segment: '' },
	layer: '',
	leastEffect: 2,
	mostDays: 60,
	variants: [
		{ key: 'control', name: 'As it is', weight: 1, content: {} },
		{ key: 'b', name: 'Number', weight: 1, content: { title: { en: '18 % less energy', 'zh-CN': '能耗降低18%' } } },
	],
};

let gate: Gate;
let site = aSite();
beforeEach(async () => {
	site = aSite();
	gate = await createGate({ content: () => site });
});
afterEach(() => gate.database.close());

const running = async (over: Partial<ExperimentDefinition> = {}): Promise<string> => {
	const id = await gate.gating.experiments.save(null, { ...headline, ...over }, staff);
	await gate.gating.experiments.act(id, 'start', null, staff);
	return id;
};

/** A browser that agreed to analytics, and what it is shown. */
const arrive = async (purposes: readonly string[] = ['analytics']): Promise<Browser> => {
	const browser = gate.browser();
	const input = { purposes, locale: 'en', channel: 'direct', visitor: await browser.who(), firstTouch: {} } as const;
	const { setCookies } = await gate.gating.consents.answer(input);
	browser.take(setCookies);
	return browser;
};
const shown = async (browser: Browser, on: Parameters<Gate['gating']['experiments']['variantsOf']>[1] = page) => {
	const who = await browser.who();
	const variants = gate.gating.experiments.variantsOf(who, on);
	gate.gating.experiments.served(who, variants);
	return variants[0]?.variant ?? null;
};
const anonymous = (visitorId: string): Visitor => ({
	...{ visitorId, personId: null, isVerified: false, givenName: null, hasAnsweredConsent: true },
	consents: new Set(['analytics'] as const),
});
const signUp = async (browser: Browser, email: string): Promise<void> => {
	await gate.gating.forms.submit(gate.form(await browser.who(), { email }, { consents: ['analytics'] }));
	const outcome = await gate.gating.access.confirm((await gate.deliver()) ?? '', await browser.use(email));
	if (outcome.status !== 'confirmed') throw new Error(outcome.status);
	browser.take(outcome.setCookies);
	await gate.gating.experiments.runDue();
};

test('golden: without consent to analytics there is no variant, and nothing is stored', async () => {
	const id = await running();
	const refused = await arrive([]);
	const personal = await arrive(['personalisation']);
	expect([await shown(refused), await shown(personal), await shown(gate.browser())]).toEqual([null, null, null]);
	await gate.gating.experiments.runDue();
	const { primary, verdict } = await gate.gating.experiments.results(id);
	expect(primary.variants.map(({ arm }) => arm.shown)).toEqual([0, 0]);
	expect(verdict).toEqual({ verdict: 'empty' });
	const agreed = await arrive();
	expect(await shown(agreed)).not.toBeNull();
	const { visitorId, personId } = await agreed.who();
	await gate.gating.consents.answer({ purposes: [], locale: 'en', channel: 'direct', visitor: await agreed.who(), firstTouch: {} });
	expect(visitorId).not.toBeNull();
	expect(personId).toBeNull();
	expect(await shown(agreed)).toBeNull();
});

test('golden: a variant stays through signing up, and the person keeps it in another browser that would have drawn the other', async () => {
	await running();
	const first = await arrive();
	const before = await shown(first);
	await gate.gating.experiments.runDue();
	await signUp(first, 'ada.keller@packline.example');
	const known = await first.who();
	expect(known.personId).not.toBeNull();
	expect(await shown(first)).toBe(before);

	let drawn = '';
	let second = anonymous(newId(gate.clock.at, systemRandom));
	for (let at = 0; at < 50 && (drawn === '' || drawn === before); at++) {
		second = anonymous(newId(gate.clock.at, systemRandom));
		drawn = gate.gating.experiments.variantsOf(second, page)[0]?.variant ?? '';
	}
	expect(drawn).not.toBe(before);
	const [carried] = gate.gating.experiments.variantsOf({ ...second, personId: known.personId }, page);
	expect(carried).toMatchObject({ variant: before, isCarried: true });
});

test('an experiment for new visitors does not let go of those who sign up in it', async () => {
	await running({ audience: { locale: '', who: 'new', stage: '', segment: '' } });
	const browser = await arrive();
	const before = await shown(browser);
	await signUp(browser, 'ada.keller@packline.example');
	expect(await shown(browser)).toBe(before);
	const other = { ...anonymous(newId(gate.clock.at, systemRandom)), personId: 'somebody-else' };
	expect(gate.gating.experiments.variantsOf(other, page)).toEqual([]);
});

test('clicks of an experiment in a slot are those of its pieces, and of no other slot or button', async () => {
	const items = { en: 'white_papers/p1', 'zh-CN': 'white_papers/p1' };
	const variants = headline.variants.map((one) => (one.key === 'b' ? { ...one, content: { items } } : one));
	const id = await running({ place: 'for-you', metric: 'click', guardrails: [], variants });
	const clicks = async (browser: Browser, type: string, props: Record<string, string | number>): Promise<number> => {
		const event = { id: crypto.randomUUID(), type, at: gate.clock.at.toISOString(), subject: 'white_papers:p1', props };
		const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
		const { accepted } = await gate.gating.events.ingest({ events: [event], visitor: await browser.who(), userAgent, receivedAt: gate.clock.at });
		expect(accepted).toBe(1);
		const { primary } = await gate.gating.experiments.results(id);
		return primary.variants.reduce((sum, { arm }) => sum + arm.converted, 0);
	};
	const browser = await arrive();
	await shown(browser);
	await gate.gating.experiments.runDue();
	gate.pass(60_000);
	expect(await clicks(browser, 'cta.click', { name: 'quote' })).toBe(0);
	expect(await clicks(browser, 'slot.click', { slot: 'next-best', position: 1 })).toBe(0);
	expect(await clicks(browser, 'slot.click', { slot: 'home-for-you', position: 1 })).toBe(1);
});

test('what was shown is counted once, what came of it after, and each number opens its list', async () => {
	const id = await running();
	const ids = Array.from({ length: 400 }, () => newId(gate.clock.at, systemRandom));
	for (const visitorId of [...ids, ...ids]) {
		const who = anonymous(visitorId);
		gate.gating.experiments.served(who, gate.gating.experiments.variantsOf(who, page));
	}
	await gate.gating.experiments.runDue();
	const browser = await arrive();
	const variant = (await shown(browser))!;
	await gate.gating.experiments.runDue();
	gate.pass(60_000);
	await signUp(browser, 'ada.keller@packline.example');

	const results = await gate.gating.experiments.results(id);
	expect(results.primary.variants.reduce((sum, { arm }) => sum + arm.shown, 0)).toBe(401);
	expect(results.mismatch.alwaysValid).toBeGreaterThan(0.001);
	const own = results.primary.variants.find(({ key }) => key === variant)!;
	expect(own.arm.converted).toBe(1);
	expect(results.verdict.verdict).toBe('collecting');
	const list = await gate.gating.experiments.counted(id, { variant, metric: 'form' });
	expect(list.total).toBe(1);
	expect(list.items[0]).toMatchObject({ visitorId: (await browser.who()).visitorId, lead: { company: 'Packline AG' } });
	expect((await gate.gating.experiments.counted(id, { variant, metric: '' })).total).toBe(own.arm.shown);
	await expect(gate.gating.experiments.counted(id, { variant: 'z', metric: '' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a change of a running experiment needs a pause, and begins a version whose numbers begin anew', async () => {
	const { experiments } = gate.gating;
	const id = await running();
	const who = anonymous(newId(gate.clock.at, systemRandom));
	experiments.served(who, experiments.variantsOf(who, page));
	await experiments.runDue();
	await expect(experiments.save(id, { ...headline, share: 50 }, staff)).rejects.toMatchObject({ code: 'conflict' });
	await experiments.act(id, 'pause', null, staff);
	expect(experiments.variantsOf(who, page)).toEqual([]);
	await experiments.save(id, { ...headline, share: 50 }, staff);
	await experiments.act(id, 'start', null, staff);
	expect(await experiments.get(id)).toMatchObject({ version: 2, state: 'running' });
	expect((await experiments.results(id)).verdict).toEqual({ verdict: 'empty' });
});

test('experiments at one place run side by side only in a layer with room for both', async () => {
	const { experiments } = gate.gating;
	await running({ layer: 'home', share: 60 });
	const second = await experiments.save(null, { ...headline, layer: '', share: 40 }, staff);
	await expect(experiments.act(second, 'start', null, staff)).rejects.toMatchObject({ fields: [{ field: 'layer', code: 'place-taken' }] });
	await experiments.save(second, { ...headline, layer: 'home', share: 41 }, staff);
	await expect(experiments.act(second, 'start', null, staff)).rejects.toMatchObject({ fields: [{ field: 'share', code: 'layer-full' }] });
	await experiments.save(second, { ...headline, layer: 'home', share: 40 }, staff);
	await experiments.act(second, 'start', null, staff);
	for (let at = 0; at < 300; at++) expect(experiments.variantsOf(anonymous(newId(gate.clock.at, systemRandom)), page)).toHaveLength(1);
});

test('a winner is what everybody sees until the editors write something else there', async () => {
	const { experiments } = gate.gating;
	let told = 0;
	experiments.onDecided(() => (told += 1));
	const id = await running();
	await experiments.act(id, 'stop', null, staff);
	await expect(experiments.act(id, 'decide', 'c', staff)).rejects.toMatchObject({ fields: [{ field: 'winner', code: 'choice' }] });
	expect(experiments.winnerAt(page, 'home.title')).toBeNull();
	await experiments.act(id, 'decide', 'b', staff);
	expect(told).toBe(1);
	expect(experiments.winnerAt(page, 'home.title')).toEqual([{ kind: 'text', text: '18 % less energy' }]);
	expect(experiments.winnerAt({ ...page, locale: 'zh-CN' }, 'home.title')).toEqual([{ kind: 'text', text: '能耗降低18%' }]);
	expect(experiments.winnerAt(page, 'home.lead')).toBeNull();
	site = { ...site, site: { ...site.site, homeTitle: { en: 'New', 'zh-CN': '新' } } };
	expect(experiments.winnerAt(page, 'home.title')).toBeNull();
	expect(experiments.isOvertaken((await experiments.get(id))!)).toBe(true);
	await experiments.act(id, 'withdraw', null, staff);
	expect(await experiments.get(id)).toMatchObject({ state: 'stopped', winner: null });
});

test('a definition that cannot run is refused by field', async () => {
	const wrong = { ...headline, name: '', share: 0, path: '/p/none', leastEffect: 0, mostDays: 3, guardrails: ['form'] as const };
	const variants = [headline.variants[0]!, { ...headline.variants[1]!, content: { title: { en: 'Only English', 'zh-CN': '' } } }];
	const refusal = await gate.gating.experiments.save(null, { ...wrong, variants }, staff).catch((error: unknown) => error);
	expect((refusal as { fields: { field: string }[] }).fields.map(({ field }) => field).sort()).toEqual(
		['guardrails', 'leastEffect', 'mostDays', 'name', 'path', 'share', 'variant-b-title-zh-CN'], // prettier-ignore
	);
	const button = { place: 'paper-form', path: '', variants: [headline.variants[0]!, { ...headline.variants[1]!, content: { button: { en: 'Send me the paper', 'zh-CN': '发送白皮书' } } }] } as const; // prettier-ignore
	await running(button);
	const found = gate.gating.experiments.variantsOf(anonymous(newId(gate.clock.at, systemRandom)), PAPER);
	expect(found).toHaveLength(1);
});

test('another held-out share is audited, keeps who was held out, and begins the numbers anew', async () => {
	const { experiments } = gate.gating;
	const ids = Array.from({ length: 1_000 }, () => newId(gate.clock.at, systemRandom));
	const both = new Set(['analytics', 'personalisation'] as const);
	const see = (): void => ids.forEach((id) => experiments.sawSlots({ ...anonymous(id), consents: both }, ['home-for-you']));
	see();
	await experiments.runDue();
	const before = ids.filter((id) => experiments.isHeldOut(id));
	await expect(experiments.holdOut(0, staff)).rejects.toMatchObject({ fields: [{ field: 'percent', code: 'held-out' }] });
	await expect(experiments.holdOut(51, staff)).rejects.toMatchObject({ fields: [{ field: 'percent', code: 'held-out' }] });
	gate.pass(DAY_MS);
	await experiments.holdOut(20, staff);
	expect(before.every((id) => experiments.isHeldOut(id))).toBe(true);
	expect(ids.filter((id) => experiments.isHeldOut(id)).length).toBeGreaterThan(150);
	expect((await experiments.heldOuts()).map(({ version, percent }) => `${version}: ${percent}`)).toEqual(['2: 20', '1: 5']);
	const [noted] = (await gate.db.read.select().from(audit)).filter(({ action }) => action === 'personalisation.hold-out');
	expect(noted).toMatchObject({ actor: staff.actor, detail: { from: 5, to: 20 } });
	see();
	await experiments.runDue();
	const found = (await experiments.slots()).find(({ slot }) => slot === 'home-for-you')!;
	const [held, personalised] = found.results.primary.variants;
	expect([held!.arm.shown, held!.arm.shown + personalised!.arm.shown]).toEqual([ids.filter((id) => experiments.isHeldOut(id)).length, 1_000]);
	await experiments.holdOut(5, staff);
});

test('slots are reported personalised against held out, five in a hundred, for good', async () => {
	const { experiments } = gate.gating;
	const ids = Array.from({ length: 2_000 }, () => newId(gate.clock.at, systemRandom));
	const both = new Set(['analytics', 'personalisation'] as const);
	for (const id of ids) experiments.sawSlots({ ...anonymous(id), consents: both }, ['home-for-you']);
	experiments.sawSlots(anonymous(newId(gate.clock.at, systemRandom)), ['home-for-you']);
	await experiments.runDue();
	gate.pass(DAY_MS);
	const [slot] = await experiments.slots();
	const [held, personalised] = slot!.results.primary.variants;
	expect(slot!.slot).toBe('home-for-you');
	expect(held!.arm.shown).toBe(ids.filter((id) => experiments.isHeldOut(id)).length);
	expect(held!.arm.shown + personalised!.arm.shown).toBe(2_000);
	expect(held!.arm.shown).toBeGreaterThan(50);
	expect(held!.arm.shown).toBeLessThan(150);
	expect((await experiments.countedOfSlot('home-for-you', { variant: 'held-out', metric: '' })).total).toBe(held!.arm.shown);
});
