import { expect, test } from 'vitest';

import { DomainError } from '#kernel/errors.ts';

import { rowId, subjectParam, unlessForeign } from './cursor.ts';

test('a foreign cursor starts at the beginning, any other error is passed on', async () => {
	expect(await unlessForeign(Promise.resolve(1))).toBe(1);
	expect(await unlessForeign(Promise.reject(new DomainError('invalid', 'x')))).toBeNull();
	await expect(unlessForeign(Promise.reject(new DomainError('unavailable', 'x')))).rejects.toThrow();
});

test('only ids of rows pass', () => {
	expect(rowId('01a1d3ff-0ccf-7669-97e8-208792276649')).not.toBeNull();
	expect([rowId('\0'), rowId("' or 1=1"), rowId(null)]).toEqual([null, null, null]);
	expect([subjectParam('lead:01a1'), subjectParam('leads:all'), subjectParam('<script>'), subjectParam('a:\0'), subjectParam(null)]).toEqual([
		'lead:01a1',
		'leads:all',
		null,
		null,
		null,
	]);
});
