import { STRANGER, type SubmitInput } from '#gating';
import { DomainError } from '#kernel/errors.ts';
import { silentLog } from '#kernel/log.ts';
import type { ApiApp } from '#site/api/api.ts';

export const TOKEN = 'an-api-token-of-24-letters';
/** One of the console, with one right. */
export const READING_TOKEN = 'foyer_reading';
/** What reached the domain. */
export const submitted: SubmitInput[] = [];
export const answers: unknown[] = [];
const receipt = {
	modelVersion: 1,
	grade: 'B2',
	total: 4_250,
	hasDecay: true,
	fit: { total: 3_000, lines: [{ rule: 'title-engineer', version: 1, what: { code: 'x', params: {} }, at: null, points: 3_000 }] },
	engagement: {
		total: 1_250,
		lines: [{ rule: 'download', version: 1, what: { code: 'y', params: {} }, at: new Date(0), points: 1_250, eventId: 'e' }],
		overCap: [],
		hasObjected: false,
	},
};

const kit = {
	slug: 'kit',
	kind: 'gift',
	title: { en: 'Kit', 'zh-CN': '套件' },
	summary: { en: '', 'zh-CN': '' },
	terms: { en: '', 'zh-CN': '' },
	validUntil: null,
	coupons: [{ code: 'SECRET-CODE', stock: 1 }],
};

/** Small parts behind the API. */
const ASKED = { name: 'foyer_ask', value: 'AAAAAAAAAAAAAAAAAAAAAA', maxAgeSeconds: 60, httpOnly: true };

export const app = {
	config: { server: { publicUrl: 'http://hub.test', apiToken: TOKEN } },
	log: silentLog,
	now: () => new Date('2026-03-02T09:00:00Z'),
	cms: {
		snapshot: () => ({
			offers: [kit, { ...kit, slug: 'past', validUntil: new Date('2026-01-01T00:00:00Z') }],
		}),
		notice: (_body: unknown, secret: string) => Promise.resolve(secret === 'hook-secret' ? 'accepted' : 'forbidden'),
	},
	gating: {
		visitors: { identify: () => Promise.resolve(STRANGER) },
		consents: {
			answer: (input: unknown) => {
				answers.push(input);
				return Promise.resolve({ setCookies: [{ name: 'foyer_consent', value: '1.analytics', maxAgeSeconds: 60, httpOnly: true }] });
			},
		},
		forms: {
			describe: (key: string) =>
				key === 'paper' ? Promise.resolve({ key, fields: [] }) : Promise.reject(new DomainError('not-found', 'There is no such form.')),
			issueChallenge: () => 'challenge',
			submit: (input: SubmitInput) => {
				submitted.push(input);
				if (input.answers['email'] === undefined) return Promise.resolve({ status: 'invalid', errors: [{ field: 'email', code: 'required' }] });
				return Promise.resolve(
					input.answers['email'] === 'often@x.test'
						? { status: 'slow-down', retryAfterSeconds: 60 }
						: { status: 'confirmation-sent', personId: 'person-1', setCookies: [ASKED] },
				);
			},
		},
		tokens: {
			holder: (secret: string) => (secret === READING_TOKEN ? { actor: 'api:reports', may: (right: string) => right === 'leads.list' } : null),
		},
		access: {
			ask: ({ email }: { email: string }) => Promise.resolve(email.includes('@') ? { status: 'asked', setCookies: [ASKED] } : { status: 'invalid' }),
			enterCode: ({ code }: { code: string }) =>
				Promise.resolve(
					{
						'111111': { status: 'confirmed', subject: 'white_papers:p1', setCookies: [{ ...ASKED, name: 'foyer_pass' }] },
						'222222': { status: 'wrong', triesLeft: 4 },
						'333333': { status: 'wrong', triesLeft: 0 },
						'444444': { status: 'slow-down', retryAfterSeconds: 60 },
						'555555': { status: 'expired' },
					}[code] ?? { status: 'malformed' },
				),
		},
		offers: {
			claim: ({ slug }: { slug: string }) =>
				slug === 'none'
					? Promise.reject(new DomainError('not-found', 'There is no such offer.'))
					: Promise.resolve(slug === 'ended' ? { status: 'ended' } : { status: 'confirmation-sent', setCookies: [ASKED] }),
		},
		quotes: {
			request: ({ dealer }: { dealer: string }) =>
				Promise.resolve(
					dealer === ''
						? { status: 'sent', quoteId: 'q', isVerified: false, setCookies: [ASKED] }
						: { status: 'invalid', errors: [{ field: 'dealer', code: 'choice' }] },
				),
			list: () => Promise.resolve({ items: [], nextCursor: null }),
		},
		leads: {
			list: (query: unknown, reader: unknown) =>
				Promise.resolve({ items: [{ id: 'lead-1', total: 4_250, fit: 3_000, engagement: 1_250, query, reader }], nextCursor: null }),
			get: () => Promise.resolve(null),
			timeline: () => Promise.resolve({ items: [], nextCursor: null }),
			receipt: (id: string) => Promise.resolve(id === 'lead-1' ? receipt : null),
		},
		staff: {
			session: (cookie: string | undefined) =>
				Promise.resolve(cookie === 'sales' || cookie === 'host' ? { id: cookie, name: cookie, role: cookie } : null),
			can: (role: string, action: string) => role === 'sales' && action !== 'settings.edit',
		},
		events: { beat: () => ({ status: 'refused' }) },
	},
	webinars: {
		register: ({ slug }: { slug: string }) =>
			slug === 'full'
				? Promise.resolve({ status: 'full' })
				: Promise.resolve({ status: 'registered', occurrenceId: 'o', isOwn: false, setCookies: [ASKED] }),
		interact: (input: { kind: string; text?: string }) =>
			Promise.resolve(input.text === '' ? { status: 'invalid', code: 'empty' } : { status: 'accepted', seq: 7 }),
		beat: ({ isLeaving }: { isLeaving: boolean }) =>
			Promise.resolve(
				isLeaving ? { status: 'left' } : { status: 'counted', token: 't', nextInSeconds: 5, serverTime: new Date('2026-03-03T10:00:00Z') },
			),
		stage: { tokens: { forViewer: () => Promise.reject(new DomainError('unavailable', 'There is no media server.')) } },
		roomSignal: (_raw: string, authorization: string) => Promise.resolve(authorization === 'signed' ? 'accepted' : 'forbidden'),
	},
	search: {
		query: (input: unknown) => Promise.resolve({ hits: [], total: 0, facets: {}, didYouMean: null, input }),
		suggest: () => Promise.resolve([]),
	},
} as unknown as ApiApp;
