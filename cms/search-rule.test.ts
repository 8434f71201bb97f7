import { expect, test } from 'vitest';

import type { Row } from './client.ts';
import type { SearchRule } from './content.ts';
import { addSynonym } from './search-rule.ts';

const rule = (kind: SearchRule['kind'], ...terms: string[]): SearchRule => ({ id: terms.join(), slug: terms.join(), kind, terms, target: null });
const RULES = [rule('synonym', 'vfd', 'Inverter', '变频器'), rule('synonym', 'gearbox', 'reducer'), rule('stop-word', 'drive')];

test.each([
	[['fu', 'VFD'], ['fu', 'VFD', 'Inverter', '变频器']],
	[['getriebe', 'gearbox'], ['getriebe', 'gearbox', 'reducer']],
	[['antrieb', 'drive'], ['antrieb', 'drive']],
])('a synonym brings along what means the same: %j', async (words, terms) => {
	const added: (readonly [string, Row])[] = [];
	await addSynonym({ add: (collection, row) => Promise.resolve(void added.push([collection, row])) }, RULES, words);
	expect(added).toEqual([['search_rules', { slug: expect.stringMatching(/^search-[a-z0-9]+(-[a-z0-9]+)*$/) as string, status: 'published', kind: 'synonym', terms }]]);
}); // prettier-ignore
