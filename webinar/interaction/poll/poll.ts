/** One answer, several, own words in a sentence, or up to three words that make a cloud; a quiz has right answers. */
export const POLL_FORMS = ['single', 'multiple', 'text', 'cloud', 'quiz'] as const;
export type PollForm = (typeof POLL_FORMS)[number];
export type PollState = 'planned' | 'open' | 'closed';
