import type { Gating, Reader } from '#gating';
import { isDomainError } from '#kernel/errors.ts';

const OUTCOMES = ['done', 'undone', 'conflict', 'undoConflict', 'otherMissing'] as const;
export type MergeOutcome = (typeof OUTCOMES)[number];

/** The outcome an address names, or null. */
export function mergeOutcome(name: string | null): MergeOutcome | null {
	return OUTCOMES.find((known) => known === name) ?? null;
}

/** Does what the form of a lead's page asks for: merge another lead into it, or undo a merge. */
export async function workMerge(leads: Gating['leads'], leadId: string, data: FormData, reader: Reader): Promise<MergeOutcome> {
	const isUndo = data.get('action') === 'undo';
	try {
		if (isUndo) await leads.undoMerge(String(data.get('merge') ?? ''), reader);
		else await leads.merge(leadId, idIn(String(data.get('other') ?? '')), reader);
		return isUndo ? 'undone' : 'done';
	} catch (error) {
		if (!isDomainError(error)) throw error;
		if (error.code === 'not-found') return isUndo ? 'undoConflict' : 'otherMissing';
		return isUndo ? 'undoConflict' : 'conflict';
	}
}

/** The id in what was pasted: an id, or the address of a lead's page. */
export function idIn(pasted: string): string {
	return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(pasted)?.[0].toLowerCase() ?? '';
}
