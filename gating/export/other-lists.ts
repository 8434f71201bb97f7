import { inLocale } from '#cms/content.ts';
import { isDay } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import type { Accounts } from '../account/create-accounts.ts';
import type { Channels } from '../channel/create-channels.ts';
import type { Work } from '../lifecycle/create-work.ts';
import { QUEUES } from '../lifecycle/queue.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Cell } from './cell.ts';
import type { ExportList, ExportQuery, OpenList } from './list.ts';
import { exportWords } from './words.ts';

type Deps = Pick<TagsDeps, 'db' | 'content'>;

const textIn = (query: ExportQuery, name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
const onePage = (heads: readonly string[], hasPeople: boolean, rows: readonly (readonly Cell[])[]): OpenList => ({
	heads,
	hasPeople,
	async *pages() {
		yield rows;
	},
});

/** Accounts as their list shows them. */
export function accountExport({ content }: Deps, accounts: Pick<Accounts, 'list'>): ExportList {
	return {
		key: 'accounts',
		right: 'leads.list',
		open: async ({ query, locale }) => {
			const words = exportWords(locale, content());
			const { column } = words.text.export;
			const ask = Object.fromEntries(['q', 'status', 'country', 'industry', 'size'].map((name) => [name, textIn(query, name)]));
			return {
				heads: [
					column.id,
					column.name,
					column.status,
					column.industry,
					column.size,
					column.country,
					column.people,
					column.engaged,
					column.grade,
					column.score,
					column.lastActivity,
				],
				hasPeople: false,
				async *pages() {
					for (let page = 1, pages = 1; page <= pages; page++) {
						const found = await accounts.list({ ...ask, page });
						pages = found.pages;
						yield found.items.map((one) => [
							...[one.id, one.name, one.status, words.industry(one.industry), one.size, one.country, one.people, one.engaged],
							...[one.bestGrade, words.points(one.total), words.moment(one.lastActivityAt)],
						]);
					}
				},
			};
		},
	};
}

/** Leads as they wait in a queue. */
export function queueExport({ content }: Deps, work: Pick<Work, 'queue' | 'staff'>): ExportList {
	return {
		key: 'queue',
		right: 'leads.work',
		open: async ({ query, locale }, { actor, seesPeople }) => {
			const queue = QUEUES.find((one) => one === query['queue']);
			if (!queue) throw new DomainError('invalid', 'There is no such queue.', { fields: [{ field: 'queue', code: 'choice' }] });
			const words = exportWords(locale, content());
			const { column } = words.text.export;
			const staff = new Map((await work.staff()).map(({ id, name }) => [id, name]));
			const viewer = actor.startsWith('staff:') ? actor.slice('staff:'.length) : null;
			return {
				heads: [
					column.id,
					column.lead,
					column.company,
					column.stage,
					column.state,
					column.grade,
					column.score,
					column.owner,
					column.next,
					column.lastActivity,
				],
				hasPeople: seesPeople,
				async *pages() {
					for (let cursor: string | undefined; ;) {
						const page = await work.queue({ queue, viewer, cursor }, { actor, origin: '', seesPeople });
						yield page.items.map((one) => [
							...[one.id, one.name, one.company, words.stage(one.stage), words.state(one.workingState), one.grade, words.points(one.total)],
							...[one.owner === null ? null : (staff.get(one.owner) ?? one.owner), words.moment(one.nextActionAt), words.moment(one.lastActivityAt)],
						]);
						if (page.nextCursor === null) return;
						cursor = page.nextCursor;
					}
				},
			};
		},
	};
}

/** What was asked, registered and attended, by content and channel, within days of the company. */
export function channelExport({ content }: Deps, channels: Pick<Channels, 'report' | 'tree'>): ExportList {
	return {
		key: 'channels',
		right: 'channels.read',
		open: async ({ query, locale }) => {
			const [from, to] = [textIn(query, 'from') ?? '', textIn(query, 'to') ?? ''];
			if (!isDay(from) || !isDay(to))
				throw new DomainError('invalid', 'Say from which day to which.', { fields: [{ field: 'from', code: 'format' }] });
			const { subjects } = await channels.report({ from, to });
			const words = exportWords(locale, content());
			const { column, touch } = words.text.export;
			const { whitePapers, webinars, products, cases, pages } = content();
			const titles = new Map(
				[...whitePapers, ...webinars, ...products, ...cases, ...pages].map((item) => [`${item.type}:${item.id}`, inLocale(item.title, locale)]),
			);
			const names = new Map((await channels.tree()).map(({ code, name }) => [code, name[locale]]));
			const rows = subjects.map(({ subject, kind, channel, count }) => [
				...[titles.get(subject) ?? subject, words.word(touch, kind), names.get(channel) ?? channel, count],
			]);
			return onePage([column.content, column.what, column.channel, column.count], false, rows);
		},
	};
}
