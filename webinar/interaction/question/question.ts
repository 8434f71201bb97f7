/** `open` → `answering` (the speaker is at it) → `answered`; or `dismissed`, and any of them back to `open`. */
export const QUESTION_STATES = ['open', 'answering', 'answered', 'dismissed'] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];
