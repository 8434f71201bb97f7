import type { Dealer, FormField, Offer, Snapshot } from '#cms/content.ts';
import type { ClaimInput, QuoteInput } from '#gating';
import { aSite, type Browser, createGate, type Gate, paperForm, networkAt } from '#tests/support/gate.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

const both = (text: string) => ({ en: text, 'zh-CN': `${text}（中）` });
const none = { en: '', 'zh-CN': '' };

/** Staff of the tests. */
export const SALES = { actor: 'staff:sales', origin: '192.0.2.0', seesPeople: true };

export const aDealer = (slug: string, over: Partial<Dealer> = {}): Dealer => ({
	id: `dealer-${slug}`,
	slug,
	name: both(`Dealer ${slug}`),
	street: 'Hafenstrasse 1',
	postcode: '70173',
	city: both('Stuttgart'),
	region: none,
	country: 'DE',
	phone: '+49 711 555 0140',
	email: `office@${slug}.example`,
	website: '',
	languages: ['de'],
	latitude: 48.78,
	longitude: 9.18,
	categories: [],
	products: [],
	...over,
});

export const anOffer = (over: Partial<Offer> = {}): Offer => ({
	id: 'o1',
	slug: 'test-kit',
	kind: 'test-unit',
	title: both('Kit for 60 days'),
	summary: none,
	terms: none,
	validUntil: new Date('2026-06-01T00:00:00Z'),
	products: [],
	coupons: [{ code: 'KIT-2611', stock: 50 }],
	dealers: ['north'],
	picture: null,
	...over,
});

const message: FormField = {
	name: 'message',
	kind: 'free-text',
	isRequired: true,
	label: both('Need'),
	help: none,
	autocomplete: 'off',
	options: [],
	rule: null,
};
const quoteForm = {
	...paperForm,
	id: 'form-quote',
	key: 'quote-default',
	fields: [...paperForm.fields, message],
	consents: ['necessary', 'dealers'],
};
const offerForm = { ...paperForm, id: 'form-offer', key: 'offer-default' };
const dealersText = { id: 'dealers', purpose: 'dealers', title: both('dealers'), text: both('Passing the request on.') };

/** A gate whose company has offers, dealers and products to quote; `site.change` publishes something else. */
export async function createCounter(over: Partial<Snapshot> = {}) {
	const base = aSite();
	const site = {
		now: aSite({
			forms: [...base.forms, quoteForm, offerForm],
			consents: [...base.consents, dealersText],
			products: sampleContent().products.slice(0, 2),
			dealers: [aDealer('north'), aDealer('south')],
			offers: [anOffer()],
			...over,
		}),
		change: (next: Partial<Snapshot>) => void (site.now = { ...site.now, ...next, revision: site.now.revision + 1 }),
	};
	const gate = await createGate({ content: () => site.now });
	let networks = 0;
	const person = (email: string) => ({ name: 'Ada Keller', email, company: 'Packline AG', jobTitle: 'Design engineer' });
	const common = async (browser: Browser) => ({
		consents: [],
		locale: 'en' as const,
		timeZone: 'Europe/Berlin',
		visitor: await browser.who(),
		network: networkAt((networks += 1)),
		channel: 'fair',
		trap: { honeypot: '', challenge: null },
	});
	const counter = {
		gate,
		site,
		offers: gate.gating.offers,
		quotes: gate.gating.quotes,
		claim: async (browser: Browser, email = 'ada.keller@packline.example', more: Partial<ClaimInput> = {}) =>
			gate.gating.offers.claim({ ...(await common(browser)), slug: 'test-kit', answers: person(email), ...more }),
		ask: async (browser: Browser, more: Partial<QuoteInput> = {}, answers: Record<string, string> = {}) =>
			gate.gating.quotes.request({
				...(await common(browser)),
				answers: { ...person('ada.keller@packline.example'), message: 'Two drives for a wrapper', ...answers },
				products: [],
				dealer: '',
				page: '/quote',
				...more,
			}),
		/** Presses the button of the newest mailed link in this browser. */
		confirm: async (browser: Browser) => {
			const token = (await counter.deliver()) ?? '';
			const outcome = await gate.gating.access.confirm(token, await browser.use());
			if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
			return outcome;
		},
		/** Sends what waits, however much; the newest link's token. */
		deliver: async () => {
			for (let before = -1; before !== gate.mails.length;) {
				before = gate.mails.length;
				await gate.deliver();
			}
			return gate.mails.map(({ text }) => /\/c\/(\S+)/.exec(text)?.[1]).findLast((token) => token !== undefined) ?? null;
		},
		/** A verified browser of this address. */
		known: async (email: string): Promise<Browser> => {
			const browser = gate.browser();
			await gate.gating.forms.submit(gate.form(await browser.who(), { email }));
			await counter.confirm(browser);
			return browser;
		},
		/** A dealer's link; its token. */
		link: async (dealer = 'dealer-north'): Promise<string> => {
			const id = await gate.gating.offers.makeLink(dealer, SALES);
			const made = (await gate.gating.offers.links()).find((one) => one.id === id);
			return made?.path?.replace('/redeem/', '') ?? '';
		},
		/** The code that was mailed to an address last. */
		codeOf: (email: string): string =>
			gate.mails
				.filter(({ to }) => to === email)
				.map(({ text }) => /Code: (\S+)/.exec(text)?.[1])
				.findLast((code) => code !== undefined) ?? '',
		close: () => gate.close(),
	};
	return counter;
}

export type Counter = Awaited<ReturnType<typeof createCounter>>;
export type { Gate };
