import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { zhCN } from './zh-CN.ts';

export type { Texts } from './texts.ts';

/** The words for a reader of `locale`. */
export function textsFor(locale: 'en' | 'zh-CN'): Texts {
	return locale === 'zh-CN' ? zhCN : en;
}

/** Puts values into `{name}` places of a text; an unknown place stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
