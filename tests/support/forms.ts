import type { Form, FormField } from '#cms/content.ts';
import { paperForm } from '#tests/support/gate.ts';

const both = (text: string) => ({ en: text, 'zh-CN': `${text}（中）` });

export const aField = (name: string, kind: FormField['kind'] = 'text', over: Partial<FormField> = {}): FormField => ({
	name,
	kind,
	isRequired: false,
	label: both(name),
	help: { en: '', 'zh-CN': '' },
	autocomplete: 'off',
	options: [],
	rule: null,
	...over,
});
export const required = { isRequired: true } as const;

const first = [aField('name', 'text', required), aField('email', 'mail', required)];
const work = [aField('company', 'company', required), aField('jobTitle', 'job-title', required)];
const aForm = (key: string, fields: readonly FormField[]): Form => ({ ...paperForm, id: `form-${key}`, key, fields });

/** A form of each kind that the site has: papers, quotes, webinars, one without anything required, one for a mail address alone. */
export const FORMS = {
	paper: aForm('paper-default', [...first, ...work, aField('phone', 'phone'), aField('industry'), aField('region'), aField('cameFrom', 'channel')]),
	quote: aForm('quote', [
		...first,
		...work,
		aField('phone', 'phone', required),
		aField('region', 'text', required),
		aField('industry'),
		aField('message', 'free-text', required),
		aField('visit', 'checkbox'),
		aField('visitPlace', 'text', { isRequired: true, rule: { effect: 'show', field: 'visit', values: ['yes'] } }),
	]),
	webinar: aForm('webinar', [...first, ...work, aField('region'), aField('industry'), aField('phone', 'phone')]),
	optional: aForm('optional', [
		aField('name'),
		aField('email', 'mail'),
		aField('company', 'company'),
		aField('budget'),
		aField('need'),
		aField('phone', 'phone'),
	]),
	one: aForm('one', [aField('email', 'mail', required)]),
} as const;

export type FormName = keyof typeof FORMS;
