export type Encoding = 'br' | 'gzip' | 'identity';

const KEPT = 500;
const known = new Map<string, Encoding>();

/**
 * The encoding to answer with: brotli before gzip among those with the highest weight, nothing that is refused by `q=0`.
 * Where all are refused, identity: an answer one may not like is better than none.
 */
export function chooseEncoding(accept: string | undefined): Encoding {
	if (accept === undefined || accept === '') return 'identity';
	const before = known.get(accept);
	if (before !== undefined) return before;
	const chosen = choose(accept);
	if (known.size >= KEPT) known.clear();
	if (accept.length < 200) known.set(accept, chosen);
	return chosen;
}

function choose(accept: string): Encoding {
	const weights = new Map<string, number>();
	for (const entry of accept.toLowerCase().split(',')) {
		const [name = '', ...params] = entry.split(';').map((part) => part.trim());
		const weight = params.find((param) => param.startsWith('q='));
		weights.set(name === 'x-gzip' ? 'gzip' : name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
	}
	const any = weights.get('*') ?? 0;
	const weightOf = (name: Encoding): number => weights.get(name) ?? (name === 'identity' && any === 0 ? 0.001 : any);
	const best = (['br', 'gzip', 'identity'] as const).toSorted((a, b) => weightOf(b) - weightOf(a))[0];
	return best !== undefined && weightOf(best) > 0 ? best : 'identity';
}

const gzipKnown = new Map<string, boolean>();

/** True when gzip may be sent, whatever else may be. */
export function acceptsGzip(accept: string | undefined): boolean {
	if (accept === undefined || accept === '') return false;
	let may = gzipKnown.get(accept);
	if (may === undefined) {
		may = /(?:^|[,\s])(?:x-)?gzip\b/i.test(accept) && !/\bgzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)/i.test(accept);
		if (gzipKnown.size >= KEPT) gzipKnown.clear();
		if (accept.length < 200) gzipKnown.set(accept, may);
	}
	return may;
}

/** True when `If-None-Match` names `etag`, weakly compared. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
	if (header === undefined) return false;
	if (header === etag || header === '*') return true;
	const bare = etag.replace(/^W\//, '');
	return header.split(',').some((entry) => entry.trim().replace(/^W\//, '') === bare);
}
