import { isDay } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { STAGES } from '../lifecycle/stage.ts';

/** A funnel as a screen asks for it. '' narrows nothing. */
export interface FunnelQuery {
	/** The stage whose entry makes the cohort; `raw` stands for being made. */
	readonly entry: (typeof STAGES)[number];
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
	/** Local day whose end the snapshot shows. */
	readonly day: string;
	readonly channel: string;
	readonly campaign: string;
	/** Id of a tactic. */
	readonly tactic: string;
	/** `<type>:<content id>`. */
	readonly content: string;
	/** Id of a segment. */
	readonly segment: string;
}

/** One number of a funnel, as it was read at an instant: enough to find the same leads again. */
export interface FunnelCell {
	readonly query: FunnelQuery;
	/** Epoch milliseconds; what moved later does not count. */
	readonly readAt: number;
	/** See {@link readFunnel}. */
	readonly cell: string;
}

const NAMES = ['entry', 'from', 'to', 'day', 'channel', 'campaign', 'tactic', 'content', 'segment'] as const satisfies readonly (keyof FunnelQuery)[];
const CELL =
	/^(?:at(?:\.[a-z]+){0,2}|(?:came|mql)\.[a-z]+\.(?:all|new|revived)|(?:stands|left)\.[a-z]+|called|reached|need|handed|followed|late|waiting|customers|reopened|rewon|won(?:\.marketing)?)$/;

/** The cell as text for an address. */
export function writeCell({ query, readAt, cell }: FunnelCell): string {
	const given = NAMES.filter((name) => query[name] !== '').map((name) => [name, query[name]]);
	return new URLSearchParams([...given, ['read', String(readAt)], ['cell', cell]]).toString();
}

/** @throws DomainError invalid for text that is no cell of a funnel */
export function readCell(text: string): FunnelCell {
	const params = new URLSearchParams(text.slice(0, 1_000));
	const of = (name: string): string => (params.get(name) ?? '').slice(0, 200);
	const entry = STAGES.find((stage) => stage === of('entry'));
	const readAt = Number(of('read'));
	if (!entry || ![of('from'), of('to'), of('day')].every(isDay) || !CELL.test(of('cell')) || !Number.isSafeInteger(readAt) || readAt <= 0)
		throw new DomainError('invalid', 'This is no number of a funnel: open it from the funnel again.', {
			fields: [{ field: 'funnel', code: 'choice' }],
		});
	const [channel, campaign, tactic, content, segment] = ['channel', 'campaign', 'tactic', 'content', 'segment'].map(of);
	return {
		query: {
			...{ entry, from: of('from'), to: of('to'), day: of('day') },
			...{ channel: channel ?? '', campaign: campaign ?? '', tactic: tactic ?? '', content: content ?? '', segment: segment ?? '' },
		},
		readAt,
		cell: of('cell'),
	};
}
