import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';

import { lead } from '../schema.ts';
import { announce } from '../webhook/announce.ts';

/** What a lead's row says of the company; in clear, since it is not about a person. */
export interface LeadFacts {
	readonly company: string;
	readonly mailDomain: string;
}

/**
 * Makes the lead of a new person, or brings the company of `leadId` up to date. Returns the lead's id. Scores, stage and
 * last activity belong to scoring and lifecycle: a new lead starts as an unscored suspect.
 */
export async function ensureLead(tx: Handle, leadId: string | null, facts: LeadFacts, now: Date, random: Random): Promise<string> {
	if (leadId !== null) {
		await tx.update(lead).set(facts).where(eq(lead.id, leadId));
		return leadId;
	}
	const id = newId(now, random);
	await tx.insert(lead).values({
		id,
		...facts,
		stage: 'suspect',
		workingState: 'open',
		fit: 0,
		engagement: 0,
		total: 0,
		grade: 'D4',
		modelVersion: 0,
		scoredDay: '',
		hasDecay: false,
		lastActivityAt: now,
		createdAt: now,
		mergedInto: null,
	});
	await announce(tx, { type: 'lead.created', leadId: id }, now, random);
	return id;
}
