import type { CapPeriod, EngagementRule, FitRule, MEASURES, ScoringModel } from './model.ts';

const point = 100;

/**
 * The model that Foyer ships with. Its points follow three thoughts, and each rule's reason is in `kernel/texts`:
 * what somebody does for their work counts more than what they glance at; what costs them time counts more than a click;
 * what they ask for themselves counts most. Half-lives follow how long each tends to matter in a purchase of machinery.
 */
export const DEFAULT_MODEL: ScoringModel = {
	fit: [
		onAttribute('role-engineering', 15, { attribute: 'job-role', anyOf: ['engineering'] }),
		onAttribute('role-maintenance', 12, { attribute: 'job-role', anyOf: ['maintenance'] }),
		onAttribute('role-production', 8, { attribute: 'job-role', anyOf: ['production'] }),
		onAttribute('role-purchasing', 10, { attribute: 'job-role', anyOf: ['purchasing'] }),
		onAttribute('seniority-executive', 12, { attribute: 'seniority', anyOf: ['executive'] }),
		onAttribute('seniority-head', 10, { attribute: 'seniority', anyOf: ['head'] }),
		onAttribute('seniority-senior', 5, { attribute: 'seniority', anyOf: ['senior'] }),
		onAttribute('seniority-student', -30, { attribute: 'seniority', anyOf: ['student'] }),
		onAttribute('industry-served', 15, {
			attribute: 'industry',
			anyOf: ['packaging', 'food-beverage', 'intralogistics', 'metal-forming', 'battery-cell', 'water-treatment'],
		}),
		onAttribute('mail-business', 10, { attribute: 'mail', anyOf: ['business'] }),
		onAttribute('mail-free', -10, { attribute: 'mail', anyOf: ['free'] }),
		onAttribute('mail-disposable', -40, { attribute: 'mail', anyOf: ['disposable'] }),
		onAttribute('company-known', 5, { attribute: 'company', known: true }),
		onAttribute('size-large', 5, { attribute: 'size', anyOf: ['250-999', '1000-4999', '5000+'] }),
		onAttribute('competitor', -60, { attribute: 'account', anyOf: ['competitor'] }),
		onAttribute('unsubscribed', -10, { attribute: 'unsubscribed' }),
	],
	engagement: [
		engagement('page-product', 1, 'page.view', { subject: 'products', cap: 10, halfLifeDays: 14 }),
		engagement('page-case', 1, 'page.view', { subject: 'cases', cap: 5, halfLifeDays: 14 }),
		engagement('page-other', 0.5, 'page.view', { subject: 'articles', cap: 3, halfLifeDays: 14 }),
		engagement('read-a-minute', 2, 'content.attention', { atLeast: ['seconds', 60], cap: 16, halfLifeDays: 30 }),
		engagement('read-in-depth', 4, 'content.attention', { atLeast: ['seconds', 240], cap: 16, halfLifeDays: 30 }),
		engagement('paper-downloaded', 10, 'download', { cap: 30, halfLifeDays: 60 }),
		engagement('form-submitted', 5, 'form.submitted', { cap: 10, halfLifeDays: 60 }),
		engagement('quote-asked', 40, 'form.submitted', { subject: 'quote', cap: 80, halfLifeDays: 45 }),
		engagement('offer-claimed', 8, 'offer.claimed', { cap: 16, halfLifeDays: 45 }),
		engagement('offer-redeemed', 20, 'offer.redeemed', { cap: 40, halfLifeDays: 90 }),
		engagement('document-opened', 3, 'document.open', { cap: 12, halfLifeDays: 30 }),
		engagement('webinar-registered', 5, 'webinar.registered', { cap: 15, halfLifeDays: 45 }),
		engagement('webinar-attended', 10, 'webinar.attended', { atLeast: ['minutes', 5], cap: 30, halfLifeDays: 60 }),
		engagement('webinar-stayed', 10, 'webinar.attended', { atLeast: ['minutes', 20], cap: 30, halfLifeDays: 60 }),
		engagement('replay-watched', 8, 'webinar.replay', { atLeast: ['minutes', 5], cap: 24, halfLifeDays: 60 }),
		engagement('webinar-spoke', 3, 'webinar.chat', { cap: 9, halfLifeDays: 60 }),
		engagement('webinar-voted', 2, 'webinar.poll', { cap: 6, halfLifeDays: 60 }),
		engagement('webinar-asked', 6, 'webinar.question', { cap: 12, halfLifeDays: 60 }),
		engagement('webinar-raised-hand', 4, 'webinar.hand', { cap: 8, halfLifeDays: 60 }),
		engagement('webinar-material', 3, 'webinar.resource', { cap: 9, halfLifeDays: 45 }),
		engagement('webinar-buy', 20, 'webinar.buy', { cap: 40, halfLifeDays: 45 }),
		engagement('webinar-demo', 30, 'webinar.demo', { cap: 50, halfLifeDays: 45 }),
		engagement('webinar-quote', 40, 'webinar.quote', { cap: 80, halfLifeDays: 45 }),
		engagement('webinar-surveyed', 4, 'webinar.survey', { cap: 8, halfLifeDays: 60 }),
		engagement('webinar-asked-later', 6, 'webinar.asked', { cap: 12, halfLifeDays: 60 }),
		engagement('webinar-certified', 3, 'webinar.certificate', { cap: 6, halfLifeDays: 60 }),
		engagement('webinar-followed', 3, 'webinar.followed', { cap: 6, halfLifeDays: 60 }),
		engagement('mail-followed', 2, 'mail.click', { cap: 8, halfLifeDays: 30 }),
		engagement('search-used', 1, 'search.query', { cap: 5, halfLifeDays: 14 }),
		engagement('call-to-action', 4, 'cta.click', { cap: 12, halfLifeDays: 21 }),
		engagement('video-watched', 3, 'video.play', { atLeast: ['percent', 50], cap: 9, halfLifeDays: 30 }),
		engagement('careers-page', -5, 'page.view', { path: '/p/careers', cap: 15, halfLifeDays: 30 }),
	],
	situations: [
		{ kind: 'surge', name: 'account-surge', version: 1, points: 10 * point, people: 3, days: 7 },
		{ kind: 'inactive', name: 'gone-quiet', version: 1, points: -10 * point, days: 120 },
	],
	grades: { fit: [40 * point, 25 * point, 10 * point], engagement: [50 * point, 25 * point, 8 * point] },
	mql: { from: 60 * point, until: 45 * point },
};

function onAttribute(name: string, points: number, when: FitRule['when']): FitRule {
	return { name, version: 1, points: points * point, when };
}

interface Options {
	readonly subject?: string;
	readonly path?: string;
	readonly atLeast?: readonly [prop: (typeof MEASURES)[number], value: number];
	readonly cap: number;
	readonly capPer?: CapPeriod;
	readonly halfLifeDays: number;
}

function engagement(
	name: string,
	points: number,
	event: EngagementRule['event'],
	{ subject, path, atLeast, cap, capPer, halfLifeDays }: Options,
): EngagementRule {
	return {
		name,
		version: 1,
		points: points * point,
		event,
		subject: subject ?? null,
		topic: null,
		stageRole: null,
		path: path ?? null,
		atLeast: atLeast ? { prop: atLeast[0], value: atLeast[1] } : null,
		cap: cap * point,
		capPer: capPer ?? 'ever',
		decay: { kind: 'half-life', days: halfLifeDays },
	};
}
