/** Bytes `start` to `end`, both included. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/**
 * The one range asked for of `sizeBytes`; null when the whole is to be sent, because none, several or an unreadable one is asked for.
 * Source: RFC 9110, section 14.2.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
	const found = header === undefined ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
	if (!found) return null;
	const [, from = '', to = ''] = found;
	if (from === '' && to === '') return null;
	if (from === '') {
		const last = Number(to);
		return last === 0 || sizeBytes === 0 ? 'unsatisfiable' : { start: Math.max(0, sizeBytes - last), end: sizeBytes - 1 };
	}
	const start = Number(from);
	const end = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
	if (to !== '' && Number(to) < start) return null;
	return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}
