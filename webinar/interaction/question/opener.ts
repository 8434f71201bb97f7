import type { LocalisedText } from '#cms/content.ts';

import { type Messages, type Opener, sameInBoth } from '../message.ts';

const GONE: LocalisedText = { en: '', 'zh-CN': '' };

/** A question in the words of who asked. */
export function questionOpener({ said }: Pick<Messages, 'said'>): Opener<'question'> {
	return async (row) => {
		const words = await said(row);
		return {
			kind: 'question',
			question: row.subject,
			author: words && sameInBoth(words.name),
			text: words ? sameInBoth(words.text) : GONE,
			isPrivate: row.data['isPrivate'] === true,
		};
	};
}
