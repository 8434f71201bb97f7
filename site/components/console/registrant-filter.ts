import type { RegistrationReport } from '#webinar';

/** What the list of registrants is narrowed to; '' leaves a column alone. */
export interface Narrow {
	readonly state: string;
	/** Entrance of the registration. */
	readonly via: string;
	/** Entrance of the visit that led into the room; `*`: any. */
	readonly came: string;
}

export function readNarrow(query: URLSearchParams): Narrow {
	const value = (name: string): string => (query.get(name) ?? '').slice(0, 80);
	return { state: value('state'), via: value('via'), came: value('came') };
}

export function narrowed<T extends Pick<RegistrationReport, 'state' | 'channel' | 'attendedVia' | 'joinedAt'>>(
	rows: readonly T[],
	{ state, via, came }: Narrow,
): T[] {
	return rows.filter(
		(row) =>
			(state === '' || row.state === state) &&
			(via === '' || entrance(row.channel) === via) &&
			(came === '' || (row.joinedAt !== null && (came === '*' || entrance(row.attendedVia) === came))),
	);
}

/** An entrance that nobody named is the front door. */
export const entrance = (code: string): string => code || 'direct';
