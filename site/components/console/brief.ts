import type { App } from '#app';
import type { BriefLine, BriefSection, BriefText } from '#cms';
import { inLocale, type Locale } from '#cms/content.ts';
import type { Brief, Reader } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { pointsText, shortDay } from './format.ts';
import { attributeWords, lineWords, wordOf } from './words.ts';

const MOST = { reading: 6, said: 6, answers: 8, missing: 8, colleagues: 5 } as const;
const WAYS = ['marketing.email', 'marketing.phone', 'marketing.sms'] as const;

export interface BriefContext {
	readonly app: App;
	readonly texts: Texts;
	readonly locale: Locale;
	readonly reader: Reader;
}

/** The brief of a lead in words, for screen and print alike, and whose it is; null when there is no such lead or everybody of it was erased. */
export async function briefText(context: BriefContext, leadId: string): Promise<{ readonly text: BriefText; readonly personId: string } | null> {
	const { app, texts, locale, reader } = context;
	const found = await app.gating.briefs.of(leadId, reader);
	const person = found?.lead.persons.find(({ profile }) => profile !== null);
	if (!found || !person) return null;
	const { brief: words } = texts;
	const { site } = app.cms.snapshot();
	const profile = person.profile ?? {};
	const { receipt } = found.lead;
	const said = await app.webinars.report.saidBy(found.lead.persons.map(({ personId }) => personId));
	const languages: Readonly<Record<string, string>> = words.languages;
	return {
		personId: person.personId,
		text: {
			locale,
			brand: site.brand,
			occasion: fill(words.occasion, { date: shortDay(app.now(), locale, site.timeZone) }),
			name: profile.name ?? profile.email ?? found.lead.company,
			place: [profile.jobTitle, profile.company ?? found.lead.company, profile.region].filter(Boolean).join(' · '),
			score: fill(words.score, { grade: receipt.grade, points: pointsText(receipt.total) }),
			contact: [
				{ label: words.email, text: profile.email ?? texts.console.none },
				{ label: words.phone, text: profile.phone ?? texts.console.none },
				{ label: words.contact, text: waysOf(found, words) },
				{ label: words.language, text: languages[person.locale] ?? person.locale },
			],
			columns: [
				[
					{ title: words.reasons, lines: reasonsOf(found, context), empty: words.reasonsEmpty },
					{ title: words.reading, lines: readingOf(found, context), empty: words.readingEmpty },
					{
						title: words.questions,
						lines: [
							...questionsOf(found),
							...said.map(({ webinar, question, words: own }) => ({
								label: [inLocale(webinar, locale), question && inLocale(question, locale)].filter(Boolean).join(' · '),
								text: inLocale(own, locale),
							})),
						].slice(0, MOST.said),
						empty: words.questionsEmpty,
					},
				],
				[
					{ title: words.screening, lines: answersOf(found, locale), empty: words.screeningEmpty },
					{ title: words.open_, lines: missingOf(found, locale), empty: words.openEmpty },
					{ title: words.colleagues, lines: await colleaguesOf(found, context), empty: words.colleaguesEmpty },
					{ title: words.next, lines: nextOf(found, context), empty: words.nextEmpty },
				],
			] satisfies readonly [readonly BriefSection[], readonly BriefSection[]],
			foot: words.confidential,
		},
	};
}

/** By what their people agreed to be contacted; an answer to what they asked is always allowed. */
function waysOf({ lead }: Brief, words: Texts['brief']): string {
	const held = WAYS.filter((way) => lead.persons.some(({ consents }) => consents.some(({ purpose, given }) => purpose === way && given)));
	return held.length === 0 ? words.asked : held.map((way) => words.channels[way]).join(', ');
}

function reasonsOf({ reasons }: Brief, { app, texts, locale }: BriefContext): BriefLine[] {
	const { terms, site } = app.cms.snapshot();
	return reasons.map(({ part, line }) => {
		const gain = fill(texts.brief.points, { points: pointsText(line.points) });
		if (part === 'fit') return { label: gain, text: attributeWords(texts, line.what.code, String(line.what.params['value'] ?? ''), terms, locale) };
		const content = app.gating.leads.contentOf(String(line.what.params['subject'] ?? ''));
		const what = content ? `${lineWords(texts, line.what)}${texts.console.of}${inLocale(content.title, locale)}` : lineWords(texts, line.what);
		return { label: `${gain} · ${shortDay(line.at, locale, site.timeZone)}`, text: what };
	});
}

function readingOf({ reading }: Brief, { app, texts, locale }: BriefContext): BriefLine[] {
	const { brief: words } = texts;
	const minutesOf = (seconds: number) => counted(words.minutes, Math.max(1, Math.round(seconds / 60)));
	const known = reading.flatMap((one) => {
		const content = app.gating.leads.contentOf(one.subject);
		return content ? [{ ...one, title: inLocale(content.title, locale) }] : [];
	});
	if (known.length === 0) return [];
	const lines = known.slice(0, MOST.reading).map(({ title, seconds, visits, isDownloaded }): BriefLine => {
		const facts = [seconds > 0 && minutesOf(seconds), visits > 0 && counted(words.visits, visits), isDownloaded && words.downloaded];
		return { label: facts.filter(Boolean).join(' · '), text: title };
	});
	const seconds = known.reduce((sum, one) => sum + one.seconds, 0);
	const total = fill(words.totals, { minutes: minutesOf(seconds), items: known.length });
	return [{ label: '', text: `${words.total}${texts.console.of}${total}` }, ...lines];
}

/** Free words of forms: why they wrote. */
function questionsOf({ lead }: Brief): BriefLine[] {
	return lead.submissions.flatMap(({ answers }) => {
		const words = (answers?.['message'] ?? answers?.['need'] ?? '').trim();
		return words === '' ? [] : [{ label: '', text: words }];
	});
}

function answersOf({ screening }: Brief, locale: Locale): BriefLine[] {
	if (!screening) return [];
	return screening.asked
		.flatMap((question): BriefLine[] => {
			const answer = screening.answers.get(question.key);
			if (!answer || answer.verdict === 'not-obtained') return [];
			const choice = question.options.find(({ key }) => key === answer.choice);
			const words = [choice && inLocale(choice.text, locale), answer.words].filter(Boolean).join(' · ');
			return words === '' ? [] : [{ label: inLocale(question.text, locale), text: words }];
		})
		.slice(0, MOST.answers);
}

function missingOf({ screening }: Brief, locale: Locale): BriefLine[] {
	if (!screening) return [];
	return screening.live.sheet.questions
		.filter(({ key }) => screening.missing.includes(key))
		.slice(0, MOST.missing)
		.map(({ text }) => ({ label: '', text: inLocale(text, locale) }));
}

async function colleaguesOf({ lead }: Brief, { app, texts, reader }: BriefContext): Promise<BriefLine[]> {
	const { account } = await app.gating.accounts.ofLead(lead.id);
	if (!account) return [];
	const { items } = await app.gating.leads.list({ accountId: account.id, limit: MOST.colleagues + 1 }, reader);
	return items
		.filter(({ id }) => id !== lead.id)
		.slice(0, MOST.colleagues)
		.map(({ name, jobTitle, grade, total }) => ({
			label: fill(texts.brief.score, { grade, points: pointsText(total) }),
			text: [name ?? texts.console.none, jobTitle].filter(Boolean).join(texts.console.comma),
		}));
}

function nextOf({ next }: Brief, { app, texts, locale }: BriefContext): BriefLine[] {
	return next.flatMap((subject): BriefLine[] => {
		const content = app.gating.leads.contentOf(subject);
		return content ? [{ label: wordOf(texts.site.type, content.type), text: inLocale(content.title, locale) }] : [];
	});
}

const counted = (words: { readonly one: string; readonly other: string }, count: number): string =>
	fill(count === 1 ? words.one : words.other, { count });
