import { type Field, field, type FieldOptions } from './field.ts';
import { rule } from './rule.ts';
import { named, type Words } from './words.ts';

export interface Choice {
	readonly value: string;
	readonly label: Words;
	/** Colour of its dot in lists. */
	readonly colour?: string;
	readonly icon?: string;
}

interface ChoiceOptions extends FieldOptions {
	readonly initial?: string;
}

const DOT = 'var(--theme--foreground-subdued)';

/** One of a closed list. The rule is spelt out, because the dropdown alone lets the API write anything. */
export function choice(name: string, label: Words, choices: readonly Choice[], { initial, ...options }: ChoiceOptions = {}): Field {
	const shown = choices.map(({ value, label: words, colour, icon }) => ({
		text: named(words),
		value,
		...(colour ? { color: colour } : {}),
		...(icon ? { icon } : {}),
	}));
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
				showAsDot: choices.some(({ colour }) => colour),
				choices: choices.map(({ label: words, value, colour = DOT }) => ({
					text: named(words),
					value,
					...(colour === DOT ? {} : { foreground: 'var(--theme--foreground)', background: colour }),
				})),
			},
			validation: rule(name, { _in: choices.map(({ value }) => value) }, options.isRequired === true),
		},
		{ schema: initial === undefined ? {} : { default_value: initial }, words: choices.map((entry) => entry.label) },
	);
}

/** Any number of a closed list, kept as a JSON list of values. */
export function choices(name: string, label: Words, entries: readonly Choice[], options: FieldOptions = {}): Field {
	return field(
		name,
		'json',
		label,
		options,
		{
			interface: 'select-multiple-checkbox',
			special: ['cast-json'],
			options: { choices: entries.map((entry) => ({ text: named(entry.label), value: entry.value })), itemsShown: entries.length },
			display: 'labels',
			display_options: { choices: entries.map((entry) => ({ text: named(entry.label), value: entry.value })) },
		},
		{ words: entries.map((entry) => entry.label) },
	);
}

/** Free words, kept as a JSON list. */
export function tags(name: string, label: Words, options: FieldOptions = {}): Field {
	const { placeholder, icon } = options;
	return field(name, 'json', label, options, {
		interface: 'tags',
		special: ['cast-json'],
		options: { alphabetize: false, ...(placeholder ? { placeholder } : {}), ...(icon ? { iconLeft: icon } : {}) },
		display: 'labels',
	});
}
