import type { FAQPageLeaf } from 'schema-dts';

import { plain } from './plain.ts';

/** Questions that a page answers in full; null when it answers none. Answers are Markdown. */
export function faqPage(url: string, questions: readonly { readonly question: string; readonly answer: string }[]): FAQPageLeaf | null {
	const asked = questions.filter(({ question, answer }) => question !== '' && answer !== '');
	if (asked.length === 0) return null;
	return {
		'@type': 'FAQPage',
		'@id': `${url}#faq`,
		mainEntity: asked.map(({ question, answer }) => ({
			'@type': 'Question',
			name: plain(question),
			acceptedAnswer: { '@type': 'Answer', text: plain(answer) },
		})),
	};
}
