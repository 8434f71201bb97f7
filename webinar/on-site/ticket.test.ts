import { describe, expect, test } from 'vitest';

import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import { readTicket, scannedTicket, spokenTicket, ticketCode } from './ticket.ts';

const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);
const code = ticketCode(keys, 'registration-1');

describe('a ticket', () => {
	test('is the same each time, and another for everybody else', () => {
		expect(ticketCode(keys, 'registration-1')).toBe(code);
		expect(new Set(Array.from({ length: 5_000 }, (_, at) => ticketCode(keys, `registration-${at}`))).size).toBe(5_000);
	});

	test.each<[string, string]>([
		['scanned', scannedTicket(code)],
		['as printed', spokenTicket(code)],
		['in small letters', spokenTicket(code).toLowerCase()],
		['with spaces', ` ${code.slice(0, 3)} ${code.slice(3)} `],
		['with O for zero and I for one', code.replaceAll('0', 'O').replaceAll('1', 'I')],
	])('is read %s', (_how, text) => expect(readTicket(text)).toBe(code));

	test.each(['', 'FOYER:', 'https://hub.example/j/token', code.slice(1), `${code}A`, 'UUUUU-UUUUU'])('is not found in %j', (text) =>
		expect(readTicket(text)).toBeNull(),
	);
});
