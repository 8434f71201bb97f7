import { inLocale, type Locale } from '#cms/content.ts';
import type { StaffAction, TimelineItem, TimelineKind } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import type { ConditionSource } from './conditions.ts';
import { exactMoney } from './format.ts';
import { eventName, measureOf, stageWord, stateWord, wordOf } from './words.ts';

/** What the words of a line are made of. */
export interface TimelineWords extends Pick<ConditionSource, 'texts' | 'locale' | 'snapshot' | 'tags' | 'channels'> {
	may(action: StaffAction): boolean;
}

const prop = ({ props }: TimelineItem, name: string): string => String(props[name] ?? '');

/** What happened, in words. */
export function timelineWhat(item: TimelineItem, { texts, locale, snapshot, tags, channels }: TimelineWords): string {
	const { timeline: text } = texts;
	const named = (all: TimelineWords['tags'], code: string) => all.find((one) => one.code === code)?.name[locale] ?? code;
	switch (item.source) {
		case 'file':
			return text.file;
		case 'mail':
			return wordOf(text.mail, item.type);
		case 'touch': {
			const channel = channels.find(({ code }) => code === prop(item, 'channel'));
			return fill(text.touch, { channel: channel?.name[locale] ?? prop(item, 'channel') });
		}
		case 'consent': {
			const wording = snapshot.consents.find(({ purpose }) => purpose === prop(item, 'purpose'));
			const purpose = wording ? inLocale(wording.title, locale) : prop(item, 'purpose');
			return fill(item.type === 'given' ? text.given : text.withdrawn, { purpose });
		}
		case 'import':
			return fill(text.import, { name: prop(item, 'name') });
		case 'tag-put':
		case 'tag-taken':
			return fill(item.source === 'tag-put' ? text.put : text.taken, { tag: named(tags, prop(item, 'tag')) });
		default:
			return workWhat(item, texts);
	}
}

function workWhat(item: TimelineItem, texts: Texts): string {
	const { timeline: text, lifecycle } = texts;
	const way = (word: (texts: Texts, code: string) => string) => ({ from: word(texts, prop(item, 'from')), to: word(texts, prop(item, 'to')) });
	switch (item.source) {
		case 'stage':
			return fill(text.stage, way(stageWord));
		case 'state':
			return fill(text.working, way(stateWord));
		case 'contact':
			return wordOf(lifecycle.work.kinds, item.type);
		case 'decision':
			return wordOf(lifecycle.disposition, item.type);
		case 'decision-undone':
			return fill(text.undone, { what: wordOf(lifecycle.disposition, item.type) });
		case 'screening':
			return fill(text.screening, { count: prop(item, 'answers') });
		case 'deal':
			return wordOf(text.deal, item.type);
		case 'merge':
			return text.merge;
		case 'merge-undone':
			return text.mergeUndone;
		case 'account-merge':
			return text.accountMerge;
		case 'account-merge-undone':
			return text.accountMergeUndone;
		default:
			return eventName(texts, item.type);
	}
}

/** The small print of a line: how much, how it ended, by whom. */
export function timelineDetail(item: TimelineItem, { texts, locale, snapshot }: TimelineWords): string {
	const { timeline: text, lifecycle } = texts;
	switch (item.source) {
		case 'event':
			return [topicName(snapshot, item.subject, locale), measureOf(texts, item.props)].filter(Boolean).join(' · ');
		case 'form':
			return item.props['isProved'] === true ? '' : text.unproved;
		case 'mail':
			return [prop(item, 'template') && wordOf(text.template, prop(item, 'template')), wordOf(text.state, prop(item, 'state'))]
				.filter(Boolean)
				.join(' · ');
		case 'touch':
			return wordOf(texts.channel.touch.kind, item.type);
		case 'contact':
			return wordOf(lifecycle.work.outcomes, prop(item, 'outcome'));
		case 'decision':
			return prop(item, 'reason') && wordOf(lifecycle.reason, prop(item, 'reason'));
		case 'deal':
			return [dealValue(item, locale), prop(item, 'reason') && wordOf(lifecycle.reason, prop(item, 'reason'))].filter(Boolean).join(' · ');
		default:
			return Object.hasOwn(text.by, (prop(item, 'by') || prop(item, 'cause')).split(':')[0] ?? '')
				? wordOf(text.by, (prop(item, 'by') || prop(item, 'cause')).split(':')[0] ?? '')
				: '';
	}
}

/** Of what a search was about, the topic; '' for everything else. */
function topicName({ terms }: TimelineWords['snapshot'], subject: string, locale: Locale): string {
	const term = subject.startsWith('terms:') ? terms.find(({ id }) => subject === `terms:${id}`) : undefined;
	return term ? inLocale(term.name, locale) : '';
}

function dealValue({ props }: TimelineItem, locale: Locale): string {
	const { amount, currency } = props;
	return typeof amount === 'number' && typeof currency === 'string' ? exactMoney(amount, currency, locale) : '';
}

/** Parts of a lead's page that hold what a line tells of. */
const PARTS: Readonly<Record<TimelineKind, string>> = {
	did: 'receipt',
	form: 'asked',
	file: 'opened',
	mail: 'timeline',
	touch: 'touches',
	consent: 'consents',
	stage: 'moves',
	work: 'work',
	tag: 'tags',
	import: 'touches',
	merge: 'merge',
};

/** Where a line opens into what it tells of: another page the reader may see, else the part of the lead's page; null for what stands there itself. */
export function timelineHref(item: TimelineItem, { may }: TimelineWords, accountId: string | null): string | null {
	const [kind, id = ''] = item.evidence.split(/:(.*)/s);
	if (kind === 'channel' && may('channels.read')) return `/console/channels/${encodeURIComponent(id)}`;
	if (kind === 'import' && may('leads.import')) return `/console/imports/${id}`;
	if (kind === 'account') return id === accountId ? null : `/console/accounts/${id}`;
	if (item.kind === 'mail') return may('mailbox.read') ? '/console/mailbox' : null;
	// Behaviour opens into its content; what is the account's own stands on its page.
	if (item.kind === 'did' || item.leadId === '') return null;
	return `${accountId === null ? '' : `/console/leads/${item.leadId}`}#${PARTS[item.kind]}`;
}
