import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';

import { DEFAULT_MODEL } from './default-model.ts';
import type { EngagementRule } from './model.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/scoring.md'), 'utf8');
const { rules, decay } = textsFor('en').scoring;
const points = (hundredths: number) => String(hundredths / 100).replace('-', '−');
const words = (name: string) => rules[name as keyof typeof rules];

/** A table as it reads, whatever its columns' widths. */
const plain = (text: string) =>
	text
		.split('\n')
		.filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
		.map((line) =>
			line
				.split('|')
				.map((cell) => cell.trim())
				.join('|'),
		) // prettier-ignore
		.join('\n');

const fadeOf = ({ decay: fading }: EngagementRule) => (fading ? decay[fading.kind].replace('{days}', String(fading.days)) : 'never');

const tables = {
	fit: [
		'| Rule | Name | Points | Why |',
		...DEFAULT_MODEL.fit.map(({ name, points: given }) => `| \`${name}\` | ${words(name).name} | ${points(given)} | ${words(name).why} |`),
	],
	engagement: [
		'| Rule | Name | Event | Points | At most | Fades | Why |',
		...DEFAULT_MODEL.engagement.map((rule) => {
			const [event, asked] = [rule.subject ?? rule.path, rule.atLeast];
			const about = [`\`${rule.event}\``, event && `\`${event}\``, asked && `from ${asked.value} ${asked.prop}`].filter(Boolean).join(', ');
			const { name, why } = words(rule.name);
			return `| \`${rule.name}\` | ${name} | ${about} | ${points(rule.points)} | ${points(rule.cap ?? 0)} | ${fadeOf(rule)} | ${why} |`;
		}),
	],
	situations: [
		'| Rule | Name | When | Points | Why |',
		...DEFAULT_MODEL.situations.map((rule) => {
			const when = rule.kind === 'surge' ? `${rule.people} people of one account within ${rule.days} days` : `nothing for ${rule.days} days`;
			return `| \`${rule.name}\` | ${words(rule.name).name} | ${when} | ${points(rule.points)} | ${words(rule.name).why} |`;
		}),
	],
	thresholds: [
		'| | Best | Second | Third | Else |',
		`| Fit | A from ${DEFAULT_MODEL.grades.fit
			.map(points)
			.join(' | B from ')
			.replace(/B from (\S+)$/, 'C from $1')} | D |`,
		`| Engagement | 1 from ${DEFAULT_MODEL.grades.engagement
			.map(points)
			.join(' | 2 from ')
			.replace(/2 from (\S+)$/, '3 from $1')} | 4 |`,
	],
};

test.each(Object.entries(tables))('docs/scoring.md tells of %s what the model that ships says', (_part, lines) => {
	expect(plain(page)).toContain(plain(lines.join('\n')));
});

test('docs/scoring.md tells when a lead is an MQL by its score', () => {
	const { from, until } = DEFAULT_MODEL.mql;
	expect(page).toContain(`from ${points(from)} points on, and stays one until it falls under ${points(until)}`);
});
