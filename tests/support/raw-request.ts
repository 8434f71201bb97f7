import { request } from 'node:http';

export interface RawAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
}

const INSIDE = /\n\s+at |node:internal|\.ts:\d+:\d+|SqliteError|SQLITE_/;

/**
 * A request exactly as given: `fetch` tidies paths and refuses some methods and headers.
 *
 * @throws Error when the answer shows something of the inside, as a stack trace.
 */
export function rawRequest(
	url: string,
	{
		method = 'GET',
		path = '/',
		headers = {},
		body = '',
	}: { readonly method?: string; readonly path?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
): Promise<RawAnswer> {
	const { hostname, port, host } = new URL(url);
	return new Promise((done, fail) => {
		const sent = request({ hostname, port, method, path, headers: { host, ...headers }, agent: false }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			answer.on('end', () => INSIDE.test(text) && fail(new Error(`${method} ${path} shows the inside: ${text.slice(0, 500)}`)));
			answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
			answer.on('error', fail);
		});
		sent.on('error', fail);
		sent.end(body);
	});
}
