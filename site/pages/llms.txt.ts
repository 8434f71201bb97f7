import type { APIRoute } from 'astro';

import { sharedText } from '../sharing/answer.ts';
import { DIRECTORY_TAGS } from '../sharing/directory.ts';
import { llmsText } from '../sharing/llms.ts';

/** The site's open pages in one text, for language models. */
export const GET: APIRoute = (context) => {
	const { app } = context.locals;
	return sharedText(context, 'text/plain', llmsText(app.cms.snapshot(), app.config.server.publicUrl), DIRECTORY_TAGS);
};
