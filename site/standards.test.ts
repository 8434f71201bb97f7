import { expect, test } from 'vitest';

import { standardsIn } from './standards.ts';

test.each<[string, readonly string[]]>([
	['By IEC 60034-30-1 and ISO 281, again IEC 60034-30-1.', ['IEC 60034-30-1', 'ISO 281']],
	['符合 GB/T 14549 与 IEC 61800-5-2。', ['GB/T 14549', 'IEC 61800-5-2']],
	['ISO 20816-3 before ISO 281? Numbers count, so ISO 281 comes first.', ['ISO 281', 'ISO 20816-3']],
	['ISO 13849–1 with a dash of another kind', ['ISO 13849-1']],
	['An ISO 9 thread, HM2-132 and IEC alone name none.', []],
])('%s', (text, expected) => {
	expect(standardsIn([text])).toEqual(expected);
});
