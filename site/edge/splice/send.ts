import { acceptsGzip, matchesEtag } from '../encoding.ts';
import type { Exchange } from '../exchange.ts';
import { gzipOf, identityOf } from './assemble.ts';
import type { Composed } from './compose.ts';

/** Sends one visitor's page: as one gzip member, or as it is to whoever takes no gzip. */
export function sendComposed({ req, res, policy, method }: Exchange, { entry, pieces, row, etag, heads }: Composed): void {
	if (matchesEtag(req.headers['if-none-match'], etag)) {
		res.writeHead(304, (heads['not-modified'] ??= [...policy, ...OWN, 'etag', etag]));
		res.end();
		return;
	}
	const isGzip = acceptsGzip(req.headers['accept-encoding']);
	const { bytes, done } = isGzip ? gzipOf(row) : { bytes: identityOf(pieces), done: nothing };
	const head = (heads[isGzip ? 'gzip' : 'identity'] ??= [
		...[...policy, ...entry.headers, ...OWN, 'etag', etag, 'content-length', String(bytes.length)],
		...(isGzip ? ['content-encoding', 'gzip'] : []),
	]);
	res.writeHead(200, head);
	if (method === 'HEAD') {
		res.end();
		done();
		return;
	}
	// A connection that breaks may still hold the buffer: it is left to the collector then.
	res.once('finish', done);
	res.end(bytes);
}

const OWN = ['cache-control', 'private, no-cache', 'vary', 'accept-encoding, cookie, sec-gpc, dnt'];
const nothing = (): void => undefined;
