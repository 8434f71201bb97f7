/** What a column holds, as text: '' for lists, objects and nothing. Never throws, whatever an API gave. */
export function wordOf(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** What a column holds, as a number; NaN for everything that is none. Some databases give numbers as text. */
export function numberOf(value: unknown): number {
	return typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
