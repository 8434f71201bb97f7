import type { Tag } from '#gating';

/** A tag put on by hand. */
export const aTag = (code: string, en: string, zh: string, over: Partial<Tag> = {}): Tag => ({
	...{ code, group: 'imported', name: { en, 'zh-CN': zh }, rule: null, expiryDays: 0, isShipped: false, isArchived: false },
	...over,
});
