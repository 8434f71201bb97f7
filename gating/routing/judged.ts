import type { Handle } from '#kernel/database.ts';

import { type Evidence, lastActivity } from '../scoring/evidence.ts';
import { handOverByRule, leadOf } from './by-rule.ts';
import { type GiveDeps, peopleOf } from './give.ts';
import { learntAt, missingOf, releasedAt, UNWORKED } from './meets.ts';
import { liveRule } from './rules.ts';

/** Hands a lead over that was just judged, if it meets the standard: at once, in the body that judged it. */
export async function handOverIfMet(tx: Handle, deps: GiveDeps, evidence: Evidence): Promise<void> {
	// Most leads are no MQL and were none: they are not asked for.
	if (!UNWORKED.includes(evidence.lead.workingState) || evidence.personIds.length === 0) return;
	const row = await leadOf(tx, evidence.lead.id);
	if (row?.stage !== 'mql' || !UNWORKED.includes(row.workingState)) return;
	const { version, body } = await liveRule(tx, 'standard');
	if (!body.isOn) return;
	const missing = await missingOf(tx, deps.keys, body, row, await peopleOf(tx, row.id));
	if (missing.length > 0) return;
	const released = await releasedAt(tx, evidence.personIds);
	if (released !== null && lastActivity(evidence) <= released && ((await learntAt(tx, evidence.personIds)) ?? released) <= released) return;
	await handOverByRule(tx, deps, row, { cause: 'standard', demand: '', evidence: { standard: version } });
}
