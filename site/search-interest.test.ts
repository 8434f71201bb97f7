import { expect, test } from 'vitest';

import { sampleContent } from '#tests/support/sample-content.ts';

import { topicOf } from './search-interest.ts';

const content = sampleContent();
const about = (topic: string) => content.articles.concat().map((item) => ({ ...item, topics: [topic] }));
const [first, second, third] = content.terms.filter(({ kind }) => kind === 'topic');
const snapshot = {
	...content,
	articles: about(first!.slug).slice(0, 3),
	whitePapers: content.whitePapers.slice(0, 3).map((item, at) => ({ ...item, topics: at === 0 ? [first!.slug, second!.slug] : [third!.slug] })),
};
const articles = snapshot.articles.map(({ id }) => ({ subject: `articles:${id}` }));
const papers = snapshot.whitePapers.map(({ id }) => ({ subject: `white_papers:${id}` }));

test('a query is about the topic that most of its first hits share', () => {
	expect(topicOf([...articles, ...papers], snapshot)).toBe(`terms:${first!.id}`);
	expect(topicOf([papers[0]!], snapshot)).toBe([first!, second!].sort((a, b) => (a.slug < b.slug ? -1 : 1)).map(({ id }) => `terms:${id}`)[0]);
});

test('and about none where they share none', () => {
	expect(topicOf([articles[0]!, papers[1]!], snapshot)).toBeNull();
	expect(topicOf([{ subject: 'categories:x' }], snapshot)).toBeNull();
	expect(topicOf([], snapshot)).toBeNull();
});

test('a product and its files are one', () => {
	expect(topicOf([...Array<{ subject: string }>(4).fill(papers[1]!), ...articles], snapshot)).toBe(`terms:${first!.id}`);
});
