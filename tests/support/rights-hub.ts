import type { StaffRole } from '../../gating/staff/can.ts';
import { staffOf } from './console.ts';
import { consoleAddresses, type Door } from './doors.ts';
import { startReadingHub, type TestHub } from './hub.ts';
import type { ApiDescription } from './sample-body.ts';
import { aStranger, type Stranger } from './stranger.ts';

export const ADA = {
	name: 'Zephyrine Quillfeather',
	email: 'zephyrine.q@kestrel-packaging.com',
	phone: '+41 44 555 01 47',
	company: 'Kestrel Packaging',
};
/** Of this one person, in every place that keeps words: what must not reach who may not see people. */
export const WORDS = [
	'Zephyrine',
	'Quillfeather',
	'zephyrine.q',
	'5550147',
	'brummelwitz',
	'Kaltleiter',
	'gurkenhobel',
	'Sonderbudget',
	'Rueckfrage',
];
export const TODAY = new Date().toISOString().slice(0, 10);

export interface RightsHub {
	readonly hub: TestHub;
	readonly api: ApiDescription;
	/** By role; and somebody else in sales, who works `leads.theirs`. */
	readonly staff: Readonly<Record<StaffRole | 'other', Stranger>>;
	/** Of somebody else in sales, of the one who is signed in as sales, of nobody. */
	readonly leads: { readonly theirs: string; readonly mine: string; readonly free: string };
	/** See {@link consoleAddresses}. */
	readonly addresses: ReadonlyMap<string, string>;
	/** Types a lead in; returns its id. */
	enter(answers: Readonly<Record<string, string>>): Promise<string>;
	/** Calls an operation of the API, as somebody signed in or as whoever the headers say. */
	call(door: Door, who: Stranger | null, headers?: Readonly<Record<string, string>>): Promise<Response>;
	/** The secret of a new token; null where no token can have any of the rights. */
	tokenWith(rights: readonly string[]): Promise<string | null>;
}

/** A hub with somebody of each role, three leads in the hands of three, and one person who left words everywhere. */
export async function openRightsHub(): Promise<RightsHub> {
	const hub = await startReadingHub({ TRUSTED_PROXIES: '127.0.0.1' });
	const roles = { admin: 'Administrator', marketer: 'Marketer', sales: 'Sales', host: 'Host', analyst: 'Analyst', other: 'Sales' } as const;
	const staff = {} as Record<keyof typeof roles, Stranger>;
	for (const [role, name] of Object.entries(roles)) staff[role as keyof typeof roles] = await staffOf(hub, name);
	const api = (await (await fetch(`${hub.url}/api/v1/openapi.json`)).json()) as ApiDescription;

	const enter = async (answers: Readonly<Record<string, string>>): Promise<string> => {
		const entered = await staff.marketer.post('/console/leads/new', {
			...{ jobTitle: 'Head of Kaltleiter', need: 'A gurkenhobel', note: 'Said brummelwitz', channel: 'fair', contacted: TODAY, basis: 'request' },
			...{ phone: '', country: 'CH', locale: 'en', ...answers },
		});
		const page = await (await staff.marketer.get(entered.headers.get('location') ?? '')).text();
		const id = /\/console\/leads\/([0-9a-f-]{36})/.exec(page)?.[1];
		if (id === undefined) throw new Error(`the lead was not entered: ${entered.status}`);
		return id;
	};
	const leads = {
		theirs: await enter(ADA),
		mine: await enter({ name: 'Bea Lang', email: 'bea.lang@kestrel-packaging.com', company: 'Kestrel Packaging' }),
		free: await enter({ name: 'Cem Ilkin', email: 'cem.ilkin@halden-optik.com', company: 'Optik' }),
	};
	await staff.sales.post(`/console/leads/${leads.mine}/work`, { action: 'take' });
	await workOn(leads.theirs, staff.other);
	await askInPublic(hub);

	let asked = 0;
	let tokens = 0;
	return {
		...{ hub, api, staff, leads, enter },
		addresses: await consoleAddresses(
			staff.admin,
			['', '/work', '/screening'].map((part) => `/console/leads/${leads.free}${part}`),
		),
		call: async ({ request, method }, who, headers = {}) => {
			// Each call comes from an address of its own, so that no limit answers instead of the door.
			const from = `198.51.${(asked >> 8) & 255}.${asked++ & 255}`;
			const init: RequestInit = {
				method,
				...(request.body === null ? {} : { body: request.body }),
				headers: {
					...{ accept: '*/*', origin: hub.url, 'x-forwarded-for': from, ...headers },
					...(request.type === null ? {} : { 'content-type': request.type }),
				},
			};
			return who ? who.get(`/api/v1${request.path}`, init) : fetch(`${hub.url}/api/v1${request.path}`, init);
		},
		tokenWith: async (rights) => {
			const page = await (await staff.admin.get('/console/tokens')).text();
			const offered = rights.filter((right) => page.includes(`value="${right}"`));
			if (offered.length === 0) return null;
			const body = new URLSearchParams([['name', `Token ${tokens++}`], ...offered.map((right) => ['rights', right] as [string, string])]);
			const made = await staff.admin.get('/console/tokens', { method: 'POST', body, headers: { origin: hub.url } });
			return /foyer_[\w-]{20,}/.exec(await made.text())?.[0] ?? null;
		},
	};
}

/** Somebody takes a lead up, with words in every place that keeps them. */
async function workOn(lead: string, who: Stranger): Promise<void> {
	const must = async (answer: Promise<Response>, status: number): Promise<void> => {
		const got = await answer;
		if (got.status !== status) throw new Error(`working a lead answered ${got.status}: ${(await got.text()).slice(0, 300)}`);
	};
	await must(who.post(`/console/leads/${lead}/work`, { action: 'take' }), 303);
	const at = new Date(Date.now() - 60_000).toISOString();
	await must(who.json(`/api/v1/leads/${lead}/interactions`, { kind: 'call', outcome: 'reached', at, note: 'Rueckfrage' }), 201);
	await must(who.json(`/api/v1/leads/${lead}/screening`, { answers: [{ question: 'budget', verdict: 'credible', words: 'Sonderbudget' }] }), 200);
}

/** The same human being under another address, on the public site: who asks for a quote is given to somebody by the rules. */
async function askInPublic(hub: TestHub): Promise<void> {
	const reader = aStranger(hub, 'zephyrine');
	const answers = {
		...ADA,
		email: 'zephyrine.q2@kestrel-packaging.com',
		jobTitle: 'Head of Kaltleiter',
		region: 'Zürich',
		country: 'CH',
		message: 'About the brummelwitz',
	};
	const sent = [await reader.json('/api/v1/quotes', { ...answers, locale: 'en' }), await reader.post('/webinars/sizing-a-servo-axis', answers)];
	if (sent[0]?.status !== 202 || sent[1]?.status !== 303) throw new Error(`asking in public answered ${sent.map(({ status }) => status).join(', ')}`);
}
