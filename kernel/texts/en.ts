import { cleaning } from './en/cleaning.ts';
import { console } from './en/console.ts';
import { content } from './en/content.ts';
import { error } from './en/error.ts';
import { form } from './en/form.ts';
import { mail } from './en/mail.ts';
import { scoring } from './en/scoring.ts';
import { search } from './en/search.ts';
import { site } from './en/site.ts';
import { webinar } from './en/webinar.ts';

/** Every word of Foyer in English, by area. */
export const en = { cleaning, console, content, error, form, mail, scoring, search, site, webinar };
