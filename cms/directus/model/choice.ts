import { type Field, field, named, rule, type Tab, type Words } from './field.ts';

export interface Choice {
	readonly value: string;
	readonly label: Words;
	/** Colour of its dot in lists. */
	readonly colour?: string;
}

interface ChoiceOptions {
	readonly tab?: Tab;
	readonly isRequired?: boolean;
	readonly isHalf?: boolean;
	readonly initial?: string;
}

const DOT = 'var(--theme--foreground-subdued)';

/** One of a closed list. The rule is spelt out, because the dropdown alone lets the API write anything. */
export function choice(name: string, label: Words, choices: readonly Choice[], { initial, ...options }: ChoiceOptions = {}): Field {
	const shown = choices.map(({ value, label: words, colour = DOT }) => ({ text: named(words), value, color: colour }));
	return field(
		name,
		'string',
		label,
		{ isHalf: true, ...options },
		{
			interface: 'select-dropdown',
			options: { choices: shown, allowNone: !options.isRequired },
			display: 'labels',
			display_options: {
				showAsDot: true,
				choices: shown.map(({ text, value, color }) => ({ text, value, foreground: 'var(--theme--foreground)', background: color })),
			},
			validation: rule(name, { _in: choices.map(({ value }) => value) }, options.isRequired === true),
		},
		{ schema: initial === undefined ? {} : { default_value: initial }, words: choices.map((entry) => entry.label) },
	);
}

/** Any number of a closed list, kept as a JSON list of values. */
export function choices(name: string, label: Words, entries: readonly Choice[], { tab = 'main' }: ChoiceOptions = {}): Field {
	return field(
		name,
		'json',
		label,
		{ tab },
		{
			interface: 'select-multiple-checkbox',
			special: ['cast-json'],
			options: { choices: entries.map((entry) => ({ text: named(entry.label), value: entry.value })) },
		},
		{ words: entries.map((entry) => entry.label) },
	);
}

/** Free words, kept as a JSON list. */
export function tags(name: string, label: Words, { tab = 'main', note }: { readonly tab?: Tab; readonly note?: Words } = {}): Field {
	return field(
		name,
		'json',
		label,
		{ tab, ...(note ? { note } : {}) },
		{ interface: 'tags', special: ['cast-json'], options: { alphabetize: false } },
	);
}
