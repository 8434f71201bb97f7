import type { Composer } from '#gating';

/** A mail of few words. */
export const briefly: Composer = async ({ params }) => ({
	...{ channel: 'mail', locale: 'en' },
	compose: ({ url }) => ({ subject: `Words ${params['words'] ?? ''}`, text: `Preferences: ${url}`, html: `<a href="${url}">Preferences</a>` }),
});
