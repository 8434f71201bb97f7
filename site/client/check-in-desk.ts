/** Somebody on the list that a phone at the door holds. */
export interface Listed {
	readonly registrationId: string;
	readonly ticket: string;
	readonly name: string;
	readonly company: string;
	readonly state: string;
	/** ISO 8601; null while they are expected. */
	readonly checkedInAt: string | null;
}

export type Found =
	| { readonly is: 'one'; readonly who: Listed; readonly how: 'scan' | 'code' | 'name' }
	| { readonly is: 'several'; readonly who: readonly Listed[] }
	/** A ticket, as its form says, that is not on this list: the hub knows whether it is of something else. */
	| { readonly is: 'ticket'; readonly ticket: string }
	| { readonly is: 'nobody' };

const PREFIX = 'FOYER:';
const TICKET = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Who is meant by what was scanned or typed: a ticket in any spelling, or part of a name or company. */
export function find(list: readonly Listed[], said: string): Found {
	const text = said.trim();
	const isScanned = text.toUpperCase().startsWith(PREFIX);
	const code = (isScanned ? text.slice(PREFIX.length) : text).toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	const ticket = TICKET.test(code) ? code : null;
	const holder = ticket === null ? undefined : list.find((one) => one.ticket === ticket);
	if (holder) return { is: 'one', who: holder, how: isScanned ? 'scan' : 'code' };
	const part = text.toLowerCase();
	const named = isScanned || part.length < 2 ? [] : list.filter(({ name, company }) => `${name} ${company}`.toLowerCase().includes(part));
	if (named.length === 1 && named[0]) return { is: 'one', who: named[0], how: 'name' };
	if (named.length > 1) return { is: 'several', who: named };
	return ticket === null ? { is: 'nobody' } : { is: 'ticket', ticket };
}

/** What waits in the phone until the hub has it. */
export type Waiting = { readonly id: string; readonly occurrence: string; readonly at: string } & (
	| { readonly kind: 'ticket'; readonly ticket: string | null; readonly registrationId: string | null; readonly how: 'scan' | 'code' | 'name' }
	| { readonly kind: 'walk-in'; readonly answers: Readonly<Record<string, string>>; readonly consents: readonly string[]; readonly locale: string }
);

/** As many as the hub takes at once. */
export const MOST_AT_ONCE = 50;

/** What of the queue goes out in one request: of one event, the oldest first. */
export function batchOf(queue: readonly Waiting[], occurrence: string): Waiting[] {
	return queue
		.filter((one) => one.occurrence === occurrence)
		.sort((a, b) => a.at.localeCompare(b.at))
		.slice(0, MOST_AT_ONCE);
}

/** The list with somebody inside. */
export function withArrival(list: readonly Listed[], registrationId: string, at: string): Listed[] {
	return list.map((one) => (one.registrationId === registrationId ? { ...one, checkedInAt: one.checkedInAt ?? at } : one));
}
