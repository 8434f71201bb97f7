import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Where a request really came from, as far as trusted proxies tell. */
export interface Network {
	/** The address of the person: the peer, or behind trusted proxies the nearest forwarded address that is none of them. */
	addressOf(req: IncomingMessage): string;
	/** True when the person's connection is encrypted, by the public address or by a trusted `X-Forwarded-Proto`. */
	isSecure(req: IncomingMessage): boolean;
}

/**
 * @param trustedProxies addresses or CIDR blocks whose `X-Forwarded-*` headers count; nobody else's do
 * @throws Error naming the entry that is neither
 */
export function createNetwork(trustedProxies: readonly string[], publicUrl: string): Network {
	const trusted = blockList(trustedProxies);
	const isTrusted = (address: string): boolean => isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
	const isPublicSecure = publicUrl.startsWith('https:');

	return Object.freeze<Network>({
		addressOf: (req) => {
			const peer = plain(req.socket.remoteAddress ?? '');
			const forwarded = req.headers['x-forwarded-for'];
			if (typeof forwarded !== 'string' || trustedProxies.length === 0 || !isTrusted(peer)) return peer;
			const way = forwarded.split(',').map((entry) => plain(entry.trim()));
			return way.findLast((address) => isIP(address) !== 0 && !isTrusted(address)) ?? peer;
		},
		isSecure: (req) => {
			if (isPublicSecure) return true;
			return req.headers['x-forwarded-proto'] === 'https' && isTrusted(plain(req.socket.remoteAddress ?? ''));
		},
	});
}

/** The network an address lies in: `/24` of IPv4, `/48` of IPv6; `''` when unknown. What is kept instead of an address. */
export function networkOf(address: string): string {
	if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
	if (isIP(address) === 6) return `${groups(address).slice(0, 3).join(':')}::/48`;
	return '';
}

/** What limits count by: an IPv4 address, or the `/64` an IPv6 address lies in, since one household has all of it. */
export function limitKeyOf(address: string): string {
	return isIP(address) === 6 ? `${groups(address).slice(0, 4).join(':')}::/64` : address;
}

function blockList(entries: readonly string[]): BlockList {
	const list = new BlockList();
	for (const entry of entries) {
		const [address = '', prefix] = entry.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
		if (isIP(address) === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 'ipv6' ? 128 : 32)) {
			throw new Error(`TRUSTED_PROXIES: "${entry}" is neither an address nor a CIDR block`);
		}
		list.addSubnet(address, bits, family);
	}
	return list;
}

/** IPv4 inside IPv6 (`::ffff:10.0.0.1`) is written as IPv4, so that rules for one hold for both. */
function plain(address: string): string {
	return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groups(address: string): string[] {
	const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
	const left = head === '' ? [] : head.split(':');
	const right = tail === undefined || tail === '' ? [] : tail.split(':');
	const middle = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
	return [...left, ...middle, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
