import { type Form, inLocale, type Locale, type Snapshot } from '#cms/content.ts';

import { isPurpose, type Purpose } from '../consent/purpose.ts';
import { presentWording } from '../consent/choices.ts';
import { givenNameOf, type Profile } from '../identity/profile.ts';
import { viewOf } from './definition.ts';
import type { ConsentView, FormView } from './form.ts';
import { fieldsToAsk } from './progressive.ts';

/** The form as this visitor should see it now; `known` is a verified person's profile, null for everybody else. */
export function describeForm(content: Snapshot, form: Form, known: Profile | null, held: ReadonlySet<Purpose>, locale: Locale): FormView {
	const asked = fieldsToAsk(form.fields, known);
	const fields = asked.map((field) => viewOf(content, field, asked, { ...known }, locale));
	const wordings = form.consents.filter(isPurpose).flatMap((purpose) => presentWording(content.consents, purpose, locale) ?? []);
	const view = ({ purpose, title, text }: ConsentView): ConsentView => ({ purpose, title, text });
	const notice = wordings.find(({ purpose }) => purpose === 'necessary');
	return {
		key: form.key,
		title: inLocale(form.title, locale),
		intro: inLocale(form.intro, locale),
		submit: inLocale(form.submit, locale),
		fields,
		consents: wordings.filter(({ purpose }) => purpose !== 'necessary' && (known === null || !held.has(purpose))).map(view),
		notice: notice ? view(notice) : null,
		isOneClick: known !== null && fields.every((field) => !field.isRequired),
		isRecognised: known !== null,
		givenName: known === null ? null : givenNameOf(known),
	};
}
