import type { Texts } from './texts.ts';

import { cleaning } from './zh-CN/cleaning.ts';
import { console } from './zh-CN/console.ts';
import { content } from './zh-CN/content.ts';
import { error } from './zh-CN/error.ts';
import { form } from './zh-CN/form.ts';
import { mail } from './zh-CN/mail.ts';
import { scoring } from './zh-CN/scoring.ts';
import { search } from './zh-CN/search.ts';
import { site } from './zh-CN/site.ts';
import { webinar } from './zh-CN/webinar.ts';

/** Every word of Foyer in Simplified Chinese, with the shape of the English ones. */
export const zhCN: Texts = { cleaning, console, content, error, form, mail, scoring, search, site, webinar };
