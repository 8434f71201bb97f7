import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const LOOPBACK_PEERS = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Says whether a request's Host is one of ours: the public address, or a loopback name asked from this machine itself.
 * An unchecked Host would reach links, redirects and cached pages.
 */
export function createHostCheck(publicUrl: string): (req: IncomingMessage) => boolean {
	const { host, hostname, protocol } = new URL(publicUrl);
	// A URL drops its default port; a client may say it.
	const ours = new Set(host === hostname ? [host, `${host}:${protocol === 'https:' ? 443 : 80}`] : [host]);
	return (req) => {
		const asked = req.headers.host;
		if (asked === undefined) return false;
		if (ours.has(asked)) return true;
		const name = asked.toLowerCase();
		return ours.has(name) || (LOOPBACK_NAMES.test(name) && LOOPBACK_PEERS.has(req.socket.remoteAddress ?? ''));
	};
}

/**
 * Says whether an unsafe request may come from where it says it comes: a browser names the origin of each one.
 * A request that names none comes from no browser, so nobody's cookies were borrowed.
 *
 * Source: https://go.dev/pkg/net/http/#CrossOriginProtection
 */
export function isSameOrigin(req: IncomingMessage, publicUrl: string): boolean {
	const site = req.headers['sec-fetch-site'];
	if (site !== undefined) return site === 'same-origin' || site === 'none';
	const origin = req.headers.origin;
	if (origin === undefined || origin === publicUrl) return true;
	return URL.canParse(origin) && new URL(origin).host === req.headers.host;
}
