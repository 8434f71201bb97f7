import type { TestHub } from './hub.ts';
import type { TestMailServer } from './smtp.ts';
import { until } from './until.ts';

/** Headless clients are told from people by this header. */
export const PERSON = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** A browser without a screen: keeps its cookies and follows no redirect. */
export interface Stranger {
	readonly email: string;
	get(path: string, init?: RequestInit): Promise<Response>;
	/** Posts a page's form. */
	post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
	json(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
	/** Asks for a paper, presses the button of the mailed link; returns the path of the link. */
	unlock(paper: string, mails: TestMailServer): Promise<string>;
	/** Asks for the original of a paper that is open to this browser; the path of the file. */
	download(paper: string): Promise<string>;
	/** Registers for a webinar and presses the button of the mailed link, which leads to the room; returns the path of the link. */
	join(webinar: string, mails: TestMailServer): Promise<string>;
	cookies(): { readonly name: string; readonly value: string }[];
}

export function aStranger(hub: Pick<TestHub, 'url'>, name: string): Stranger {
	const jar = new Map<string, string>();
	const email = `${name}@kestrel-packaging.com`;
	const answers = { name: `Person ${name}`, email, company: 'Kestrel Packaging', jobTitle: 'Maintenance engineer' };

	const get = async (path: string, init: RequestInit = {}): Promise<Response> => {
		const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
		const headers = {
			'user-agent': PERSON,
			accept: 'text/html',
			...(cookie ? { cookie } : {}),
			...(init.headers as Record<string, string> | undefined),
		};
		const answer = await fetch(hub.url + path, { redirect: 'manual', ...init, headers });
		for (const line of answer.headers.getSetCookie()) {
			const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (value === '') jar.delete(key);
			else jar.set(key, value);
		}
		return answer;
	};
	const post = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
		get(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: hub.url } });
	const redirected = async (answer: Response): Promise<string> => {
		if (answer.status !== 303) throw new Error(`expected a redirect, got ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
		return answer.headers.get('location') ?? '';
	};
	const mailed = async (kind: '/c/' | '/j/', mails: TestMailServer): Promise<string> => {
		const link = new RegExp(`(/zh-CN)?${kind}[\\w.-]+`);
		const mail = await mails.mailTo(email, ({ text }) => link.test(text ?? ''));
		return link.exec(mail.text ?? '')![0];
	};

	return {
		email,
		get,
		post,
		json: (path, body, headers = {}) =>
			get(path, {
				method: 'POST',
				body: typeof body === 'string' ? body : JSON.stringify(body),
				headers: { 'content-type': 'application/json', accept: '*/*', ...headers },
			}),
		unlock: async (paper, mails) => {
			await redirected(await post(`/white-papers/${paper}`, answers));
			const link = await mailed('/c/', mails);
			await redirected(await post(link, {}));
			return link;
		},
		download: async (paper) => redirected(await post(`/white-papers/${paper}`, { action: 'download' })),
		join: async (webinar, mails) => {
			await redirected(await post(`/webinars/${webinar}`, answers));
			const link = await mailed('/j/', mails);
			await until('the way into the room', async () => /room$/.test(await redirected(await post(link, { action: 'join' }))));
			return link;
		},
		cookies: () => [...jar].map(([key, value]) => ({ name: key, value })),
	};
}
