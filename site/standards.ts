/** `IEC 61800-5-2`, `IEEE 519`, `GB/T 14549`, with or without the year after a colon. */
const STANDARD = /\b((?:DIN EN|EN ISO|EN IEC|ISO\/TS|IEC\/TS|IEC|ISO|EN|IEEE|VDI|DIN|GB\/T|GB) \d{2,}(?:[-–]\d+)*)(?![\w-])/g;

/** Standards that a text names, each once, in order of body and number. */
export function standardsIn(texts: readonly string[]): readonly string[] {
	const found = texts.flatMap((text) => [...text.matchAll(STANDARD)].map((match) => match[1]!.replaceAll('–', '-')));
	return [...new Set(found)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
