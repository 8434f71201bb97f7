import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import ipaddr from 'ipaddr.js';

/** Ports a webhook may go to. */
const PORTS: ReadonlySet<string> = new Set(['', '443', '8443']);
const LONGEST = 500;
const LOOPBACK_NAME = /(?:^|\.)localhost$/;

/** Every address of a name, as the system knows them. */
export type Resolve = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export const systemResolve: Resolve = (hostname) =>
	new Promise((resolve, reject) => systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))));

/** What an address may be besides public; for development, where receivers run on the same machine. */
export interface AddressRules {
	readonly allowsLoopback: boolean;
}

/** Why an address cannot be used, as a code; null when it can. Names are looked up when something is sent, each time. */
export function wrongUrl(text: string, { allowsLoopback }: AddressRules): string | null {
	if (text === '') return 'required';
	if (text.length > LONGEST) return 'too-long';
	if (!URL.canParse(text)) return 'url';
	const { protocol, hostname, port, username, password, hash } = new URL(text);
	if (username !== '' || password !== '') return 'credentials';
	if (hash !== '') return 'url';
	const literal = hostname.replace(/^\[|\]$/g, '');
	const isLoopback = LOOPBACK_NAME.test(literal) || (isIP(literal) !== 0 && rangeOf(literal) === 'loopback');
	if (allowsLoopback && isLoopback) return protocol === 'http:' || protocol === 'https:' ? null : 'https';
	if (protocol !== 'https:') return 'https';
	if (!PORTS.has(port)) return 'port';
	if (isLoopback || (isIP(literal) !== 0 && !isAllowed(literal, { allowsLoopback }))) return 'internal';
	// A name without a dot is one of the own network.
	return isIP(literal) === 0 && !literal.includes('.') ? 'internal' : null;
}

/** Whether something may be sent to an address: public ones only. An IPv6 form of an IPv4 address counts as what it stands for. */
export function isAllowed(address: string, { allowsLoopback }: AddressRules): boolean {
	const range = rangeOf(address);
	return range === 'unicast' || (allowsLoopback && range === 'loopback');
}

/** Global addresses of IPv6; what lies outside is local, or IPv4 by another name. Source: RFC 4291, section 2.4. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

function rangeOf(address: string): string {
	if (!ipaddr.isValid(address)) return 'unknown';
	const parsed = ipaddr.process(address);
	const range = parsed.range();
	return parsed instanceof ipaddr.IPv6 && range === 'unicast' && !parsed.match(GLOBAL_V6) ? 'reserved' : range;
}

/**
 * Looks names up for a connection and hands over only addresses that all may be used: what was checked is what is connected to, so that a name
 * which answers differently the second time gains nothing.
 */
export function guardedLookup(resolve: Resolve, rules: AddressRules): LookupFunction {
	return (hostname, options, callback) => {
		resolve(hostname).then(
			(addresses) => {
				const [first] = addresses;
				if (!first || !addresses.every(({ address }) => isAllowed(address, rules))) {
					callback(Object.assign(new Error('an address that is not public'), { code: 'EREFUSED_ADDRESS' }), '', 0);
					return;
				}
				if (options.all) callback(null, [...addresses]);
				else callback(null, first.address, first.family);
			},
			(error: unknown) => callback(Object.assign(new Error('the name is not known'), { code: 'ENOTFOUND', cause: error }), '', 0),
		);
	};
}
