import { HtmlValidate } from 'html-validate';

/** The checker's recommended rules and those for access, all as errors. What differs from them is said with its reason. */
const CHECKER = new HtmlValidate({
	root: true,
	extends: ['html-validate:recommended', 'html-validate:a11y'],
	rules: {
		// Bytes: the standard lets void elements and attribute values go without, and Astro writes some of each.
		'void-style': 'off',
		'attr-quotes': 'off',
		'no-trailing-whitespace': 'off',
		'doctype-style': 'off',
		// Search engines cut long titles, which is no error: titles are written for readers.
		'long-title': 'off',
		// Boxes of one question share a name, so that their answers arrive as one list.
		'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'button', 'submit'] }],
		// A table's frame that scrolls is no section of the text: it has a role and a name so that it can be reached and told.
		'prefer-native-element': ['error', { exclude: ['region'] }],
	},
});

/** What the checker finds in a page, each with its place; empty when nothing is wrong. */
export async function markupProblems(html: string, name: string): Promise<string[]> {
	const { results } = await CHECKER.validateString(html, name);
	const lines = html.split('\n');
	return results.flatMap(({ messages }) =>
		messages.map(({ ruleId, message, line, column }) => {
			const around = (lines[line - 1] ?? '').slice(Math.max(0, column - 40), column + 80);
			return `${name}: ${ruleId}: ${message} … ${around}`;
		}),
	);
}
