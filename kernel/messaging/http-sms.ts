import { DomainError } from '../errors.ts';
import type { TextChannel, TextMessage } from './text-channel.ts';

const TIMEOUT_MS = 15_000;
/** What a gateway answers that may take the message later. Source: https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const LATER = new Set([408, 425, 429]);

export interface SmsGateway {
	readonly url: string;
	/** Value of the header `Authorization`; null for none. */
	readonly authorization: string | null;
	/** What is posted: JSON, or else the fields of a form; `{to}`, `{text}` and `{id}` stand for the message. */
	readonly body: string;
}

/** Sends by the HTTP interface of an SMS gateway, whichever it is: its fields are named in the body. */
export function httpSms({ url, authorization, body }: SmsGateway): TextChannel {
	const template = readTemplate(body);
	return Object.freeze<TextChannel>({
		send: async (message) => {
			const { type, content } = template(message);
			const response = await fetch(url, {
				method: 'POST',
				redirect: 'error',
				headers: { 'content-type': type, ...(authorization === null ? {} : { authorization }) },
				body: content,
				signal: AbortSignal.timeout(TIMEOUT_MS),
			});
			await response.body?.cancel();
			if (response.ok) return;
			if (response.status >= 500 || LATER.has(response.status)) throw new Error(`the SMS gateway answered ${response.status}`);
			throw new DomainError('invalid', `the SMS gateway refused the message (${response.status})`);
		},
	});
}

type Template = (message: TextMessage) => { readonly type: string; readonly content: string };

function readTemplate(body: string): Template {
	const json = parsed(body);
	if (json !== undefined) return (message) => ({ type: 'application/json', content: JSON.stringify(filled(json, message)) });
	const fields = [...new URLSearchParams(body)];
	return (message) => ({
		type: 'application/x-www-form-urlencoded',
		content: new URLSearchParams(fields.map(([name, value]) => [name, fillIn(value, message)])).toString(),
	});
}

function parsed(body: string): unknown {
	try {
		const value: unknown = JSON.parse(body);
		return typeof value === 'object' ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Values are put into parsed JSON, so that no text can change its shape. */
function filled(value: unknown, message: TextMessage): unknown {
	if (typeof value === 'string') return fillIn(value, message);
	if (Array.isArray(value)) return value.map((one) => filled(one, message));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, message)]));
}

const fillIn = (text: string, message: TextMessage): string => text.replace(/\{(to|text|id)\}/g, (_, name: keyof TextMessage) => message[name]);
