import type { LocalisedText } from '#cms/content.ts';

import { sameInBoth } from './message.ts';

const HAN = /\p{Script=Han}/u;

/** A name as it may stand on a list that everybody sees: “Ada K.”; of a Chinese one the family name and a mark for the rest. */
export function givenName(name: string): LocalisedText {
	const parts = name.trim().split(/\s+/u);
	const [first = ''] = parts;
	if (HAN.test(name)) return sameInBoth(`${[...name.trim()][0] ?? ''}**`);
	const last = parts.at(-1) ?? '';
	return sameInBoth(parts.length > 1 ? `${first} ${[...last][0]?.toUpperCase() ?? ''}.` : first);
}
