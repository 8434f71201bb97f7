import { and, asc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { consentsHeld, type Purpose } from '../consent/purpose.ts';
import { columnsOf, type LeadColumn } from '../lead/columns.ts';
import type { LeadItem, LeadQuery } from '../lead/list.ts';
import { leadPages } from '../lead/pages.ts';
import { consent, person, staffMember } from '../schema.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Cell } from './cell.ts';
import type { ExportList, ExportQuery } from './list.ts';
import { exportWords } from './words.ts';

const PAGE = 200;
/** Parts of an address that are about pages, not about what is listed. */
const PAGING: ReadonlySet<string> = new Set(['cursor', 'limit']);
const INSTANTS = ['activeSince', 'createdSince', 'overdueAt'] as const;
const CONTACT = ['marketing.email', 'marketing.sms', 'marketing.phone'] as const satisfies readonly Purpose[];

/** Leads as their list shows them, those of a segment, of an account or of a cell of the funnel among them. */
export function leadExport(deps: TagsDeps): ExportList {
	return {
		key: 'leads',
		right: 'leads.list',
		open: async ({ query, columns: asked, locale }, { seesPeople }) => {
			const { db, content } = deps;
			const columns = columnsOf(asked, seesPeople);
			const words = exportWords(locale, content());
			const { column } = words.text.console.leads;
			const { id } = words.text.export.column;
			const staff = new Map(
				(await db.read.select({ id: staffMember.id, name: staffMember.name }).from(staffMember)).map((one) => [one.id, one.name]),
			);
			const tellsContact = columns.some(({ key }) => key === 'email' || key === 'phone');
			const ask = leadQueryOf(query);
			const cellOf = (one: LeadColumn, item: LeadItem): Cell => {
				const value = one.valueOf(item);
				if (value === null || value === '') return null;
				if (value instanceof Date) return words.moment(value);
				if (typeof value === 'number') return one.kind === 'points' ? words.points(value) : value;
				switch (one.kind) {
					case 'stage':
						return words.stage(value);
					case 'state':
						return words.state(value);
					case 'industry':
						return words.industry(value);
					case 'staff':
						return staff.get(value) ?? value.slice(0, 8);
					default:
						return value;
				}
			};
			return {
				heads: [id, ...columns.map(({ key }) => column[key]), ...(tellsContact ? [words.text.export.mayContact] : [])],
				hasPeople: seesPeople && columns.some(({ isPersonal }) => isPersonal),
				async *pages() {
					for await (const items of leadPages(deps, ask, seesPeople, PAGE)) {
						const ways = tellsContact ? await contactOf(db.read, items) : null;
						yield items.map((item) => [
							item.id,
							...columns.map((one) => cellOf(one, item)),
							...(ways ? [(ways.get(item.id) ?? []).map((purpose) => words.text.export.contact[purpose]).join(', ')] : []),
						]);
					}
				},
			};
		},
	};
}

/** A query as the page of leads asks it. @throws DomainError invalid for an instant that is none */
function leadQueryOf(query: ExportQuery): LeadQuery {
	const rest: ExportQuery = Object.fromEntries(Object.entries(query).filter(([name, value]) => !PAGING.has(name) && value !== undefined));
	const instants = INSTANTS.flatMap((name) => {
		const value = rest[name];
		if (value === undefined || value === null) return [];
		const date = new Date(typeof value === 'number' ? value : String(value));
		if (Number.isNaN(date.getTime())) throw new DomainError('invalid', 'This is no instant.', { fields: [{ field: name, code: 'format' }] });
		return [[name, date] as const];
	});
	return { ...rest, ...Object.fromEntries(instants) } as LeadQuery;
}

/** What the people of each lead agreed to be contacted by, by their newest answers. */
async function contactOf(handle: Handle, items: readonly LeadItem[]): Promise<Map<string, (typeof CONTACT)[number][]>> {
	const ids = items.map(({ id }) => id);
	const rows = await handle
		.select({ leadId: person.leadId, personId: person.id, id: consent.id, purpose: consent.purpose, given: consent.given, at: consent.at })
		.from(consent)
		.innerJoin(person, eq(person.id, consent.personId))
		.where(and(inArray(person.leadId, ids), inArray(consent.purpose, [...CONTACT])))
		.orderBy(asc(consent.at), asc(consent.id));
	const byLead = Map.groupBy(rows, ({ leadId }) => leadId);
	return new Map(
		[...byLead].map(([leadId, answers]) => {
			const held = [...Map.groupBy(answers, ({ personId }) => personId).values()].map(consentsHeld);
			return [leadId, CONTACT.filter((purpose) => held.some((one) => one.has(purpose)))];
		}),
	);
}
