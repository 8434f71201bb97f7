import type { EndpointInput } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

/** What a form says of an endpoint. */
export function endpointInput(data: FormData): EndpointInput {
	const value = (name: string) => String(data.get(name) ?? '').slice(0, 600);
	return { url: value('url'), name: value('name'), level: value('level'), events: data.getAll('events').map(String).slice(0, 50) };
}

/** What came of an attempt: `answered 500`, `no connection`. */
export function attemptWords({ webhook: text, console: { none } }: Texts, status: number, error: string): string {
	if (status > 0) return fill(text.status, { status });
	return error === '' ? none : wordOf(text.error, error);
}
