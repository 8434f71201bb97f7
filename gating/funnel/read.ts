import { asc, eq, lt, type SQL, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { STAGES, WORKING_STATES } from '../lifecycle/stage.ts';
import { lead, move, workMove } from '../schema.ts';
import { readTakenBack } from './taken-back.ts';
import type { LogLine, Member } from './history.ts';

/** A lead that stands for itself, with all that were merged into it; the one that stays comes last. */
export interface Standing {
	readonly id: string;
	readonly members: readonly Member[];
}

/**
 * Reads every lead with its log, a lead a row: a row of text costs a tenth of what a row a move would. `each` is called in the order of ids, at the
 * end for those with merges. Left out are leads made at `until` or later, and those that are not in `scope`.
 */
export async function readHistories(
	handle: Handle,
	{ until, scope }: { readonly until: number; readonly scope: ReadonlySet<string> | null },
	each: (standing: Standing) => void,
): Promise<void> {
	const { roots, ends, voids } = await readTakenBack(handle);
	const together = new Map<string, Member[]>();
	for (const text of await packed(handle, until)) {
		const id = text.slice(0, text.indexOf(' '));
		const root = roots.get(id) ?? id;
		if (scope && !scope.has(root)) continue;
		const member = unpack(text, id.length + 1, ends.get(id) ?? Infinity, voids.get(id) ?? NONE);
		if (!roots.has(id)) {
			each({ id, members: [member] });
			continue;
		}
		const others = together.get(root) ?? [];
		together.set(root, root === id ? [...others, member] : [member, ...others]);
	}
	for (const [id, members] of together) each({ id, members });
}

const NONE: Member['void'] = { stages: [], states: [] };

/** All of a log is read: where a lead without an earlier line stood is what its first line says it came from. `<id> <stage><state><made at> <moves> <moves of states>`, a move as `<from><to><at>` with commas between. */
async function packed(handle: Handle, until: number): Promise<readonly string[]> {
	const log = (table: typeof move | typeof workMove, names: readonly string[]) =>
		handle
			.select({ lines: sql`string_agg(${code(table.from, names)} || ${code(table.to, names)} || cast(${table.at} as text), ',')` })
			.from(table)
			.where(eq(table.leadId, lead.id));
	const text = sql<string>`${lead.id} || ' ' || ${code(lead.stage, STAGES)} || ${code(lead.workingState, WORKING_STATES)} || cast(${lead.createdAt} as text)
		|| ' ' || coalesce((${log(move, STAGES)}), '') || ' ' || coalesce((${log(workMove, WORKING_STATES)}), '')`;
	const rows = await handle
		.select({ text })
		.from(lead)
		.where(lt(lead.createdAt, new Date(until)))
		.orderBy(asc(lead.id));
	return rows.map((row) => row.text);
}

/** A name as one digit, its position in the list. */
function code(column: typeof lead.stage | typeof move.from | typeof workMove.from, names: readonly string[]): SQL {
	const cases = names.map((name, index) => sql`when ${sql.raw(`'${name}'`)} then ${sql.raw(`'${index}'`)}`);
	return sql`case ${column} ${sql.join(cases, sql` `)} else '0' end`;
}

function unpack(text: string, start: number, end: number, voids: Member['void']): Member {
	const madeEnd = text.indexOf(' ', start);
	const logEnd = text.indexOf(' ', madeEnd + 1);
	return {
		stage: digit(text, start),
		state: digit(text, start + 1),
		createdAt: Number(text.slice(start + 2, madeEnd)),
		stages: linesOf(text, madeEnd + 1, logEnd),
		states: linesOf(text, logEnd + 1, text.length),
		until: end,
		void: voids,
	};
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

function linesOf(text: string, from: number, end: number): LogLine[] {
	const lines: LogLine[] = [];
	for (let at = from; at < end;) {
		let next = text.indexOf(',', at);
		if (next < 0 || next > end) next = end;
		lines.push({ from: digit(text, at), to: digit(text, at + 1), at: Number(text.slice(at + 2, next)) });
		at = next + 1;
	}
	return lines;
}
