import { expect, test } from 'vitest';

import { isAllowed, wrongUrl } from './address.ts';

const strict = { allowsLoopback: false };
const inDevelopment = { allowsLoopback: true };

test.each([
	'127.0.0.1',
	'127.9.9.9',
	'0.0.0.0',
	'10.1.2.3',
	'172.16.0.1',
	'192.168.1.1',
	'169.254.169.254',
	'100.64.0.1',
	'192.0.0.8',
	'192.0.2.1',
	'198.18.0.1',
	'224.0.0.1',
	'240.0.0.1',
	'255.255.255.255',
	'::',
	'::1',
	'::127.0.0.1',
	'::ffff:127.0.0.1',
	'::ffff:10.0.0.1',
	'::ffff:a9fe:a9fe',
	'64:ff9b::7f00:1',
	'2002:7f00:1::',
	'2001:0:7f00:1::',
	'2001:db8::1',
	'fc00::1',
	'fd00:ec2::254',
	'fe80::1',
	'fec0::1',
	'ff02::1',
	'not an address',
])('nothing is sent to %s', (address) => expect(isAllowed(address, strict)).toBe(false));

test.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
	expect(isAllowed(address, strict)).toBe(true),
);

test('development lets the own machine in, and nothing else of the inside', () => {
	expect([isAllowed('127.0.0.1', inDevelopment), isAllowed('::1', inDevelopment)]).toEqual([true, true]);
	expect(['10.0.0.1', '169.254.169.254', '::ffff:192.168.0.1'].map((address) => isAllowed(address, inDevelopment))).toEqual([false, false, false]);
});

test.each([
	['https://crm.example.com/hooks?x=1', null],
	['https://crm.example.com:8443/', null],
	['', 'required'],
	['crm', 'url'],
	['ftp://crm.example.com/', 'https'],
	['http://crm.example.com/', 'https'],
	['https://crm.example.com:22/', 'port'],
	['https://user:secret@crm.example.com/', 'credentials'],
	['https://crm.example.com/#x', 'url'],
	['https://localhost/', 'internal'],
	['https://crm.localhost/', 'internal'],
	['https://intranet/', 'internal'],
	['https://127.1/', 'internal'],
	['https://0x7f000001/', 'internal'],
	['https://2130706433/', 'internal'],
	['https://[::1]/', 'internal'],
	['https://[::ffff:10.0.0.1]/', 'internal'],
	['https://169.254.169.254/latest/meta-data', 'internal'],
	[`https://crm.example.com/${'x'.repeat(500)}`, 'too-long'],
])('%s is refused as %s', (url, code) => expect(wrongUrl(url, strict)).toBe(code));

test('development takes plain http on any port of the own machine only', () => {
	expect(wrongUrl('http://127.0.0.1:9999/x', inDevelopment)).toBeNull();
	expect(wrongUrl('http://10.0.0.1:9999/x', inDevelopment)).toBe('https');
});
