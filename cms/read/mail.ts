import { LOCALES, type LocalisedText, MAIL_LINKS, type MailBlock, type MailFault, type MailTemplate, unknownFields } from '../content.ts';
import type { RowReader } from './row.ts';
import { hasActiveHtml, isSafeLink } from './safe.ts';

const MOST_PICKS = 4;
const ANY_HTML = /<\s*\/?\s*[a-z!][^>]*>|javascript:|\bon[a-z]+\s*=\s*["']/i;
const KINDS = ['text', 'picture', 'button', 'pick'] as const;

/** A mail template. What would leave a hole in somebody's mail, or a script, is a fault: it is shown, and never sent. */
export function readMailTemplate(row: RowReader): MailTemplate {
	const faults: MailFault[] = [];
	const fault = (code: MailFault['code'], detail: string): void => {
		faults.push({ code, detail });
		row.report(code, detail);
	};
	const check = (name: string, text: LocalisedText): void => {
		for (const locale of LOCALES) {
			for (const field of unknownFields(text[locale])) fault('mail-field', `${name} (${locale}): ${field}`);
			if (hasActiveHtml(text[locale]) || ANY_HTML.test(text[locale])) fault('mail-script', `${name} (${locale})`);
		}
	};
	const subject = row.localised('subject');
	const preheader = row.localised('preheader');
	check('subject', subject);
	check('preheader', preheader);
	const blocks = row.list('blocks').flatMap((block, at) => readBlock(block, at, { check, fault }) ?? []);
	const languages = LOCALES.filter((locale) => subject[locale] !== '');
	if (languages.length === 0) fault('mail-empty', 'subject');
	if (blocks.length === 0) fault('mail-empty', 'blocks');
	for (const locale of LOCALES) if (languages.length > 0 && subject[locale] === '') row.report('missing-translation', `subject (${locale})`);
	return { id: row.id, key: row.slug, name: row.localised('name'), languages, subject, preheader, blocks, faults };
}

interface Checks {
	check(name: string, text: LocalisedText): void;
	fault(code: MailFault['code'], detail: string): void;
}

function readBlock(block: RowReader, at: number, { check, fault }: Checks): MailBlock | null {
	const name = (field: string): string => `blocks, ${at + 1}, ${field}`;
	const checked = (field: string): LocalisedText => {
		const text = block.localised(field);
		check(name(field), text);
		return text;
	};
	const audience = block.strings('audience');
	const link = (): string => {
		const text = block.text('link');
		const field = /^\{\{\s*(.*?)\s*\}\}$/.exec(text)?.[1];
		if (field === undefined ? text === '' || isSafeLink(text) : MAIL_LINKS.some((known) => known === field)) return text;
		fault('mail-field', `${name('link')}: ${text.slice(0, 60)}`);
		return '';
	};
	const kind = block.oneOf('kind', KINDS, 'text');
	switch (kind) {
		case 'text':
			return { kind, audience, title: checked('title'), body: checked('body') };
		case 'button': {
			const label = checked('label');
			const target = link();
			if (target === '') fault('mail-empty', name('link'));
			return { kind, audience, label, link: target };
		}
		case 'picture': {
			const picture = block.picture('file');
			if (!picture) block.report('broken-block', `${at + 1}: picture`);
			return picture && { kind, audience, title: checked('title'), picture, link: link() };
		}
		case 'pick': {
			const slot = block.reference('slot', 'slots');
			if (slot === null) fault('mail-empty', name('slot'));
			return slot === null
				? null
				: { kind, audience, title: checked('title'), slot, count: Math.min(MOST_PICKS, Math.max(1, block.integer('count', 2))) };
		}
	}
}
