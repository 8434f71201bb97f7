import { can, STAFF_ROLES, type StaffAction, type StaffRole } from '../staff/can.ts';
import type { RuleName } from '../upkeep/rules.ts';

/** How far a personal field reaches. The level, and nothing else, fixes who reads it and how long it is kept. */
export type Level = 'company' | 'contact' | 'answers' | 'sensitive';

/** How a field lies in the database. `wrapped`: a key, sealed by the master keys. */
export type Storage = 'clear' | 'sealed' | 'hashed' | 'wrapped';

export interface LevelRule {
	/** What staff must be allowed to do, to be shown such fields. */
	readonly right: StaffAction;
	/** How such fields may lie in the database. */
	readonly storage: readonly Storage[];
	/** What clears them away, beside the erasure of their person. */
	readonly retention: readonly RuleName[];
}

const PEOPLE = ['unconfirmed', 'quarantined', 'inactive'] as const;

export const LEVELS: Readonly<Record<Level, LevelRule>> = {
	company: { right: 'leads.list', storage: ['clear', 'hashed'], retention: PEOPLE },
	contact: { right: 'people.read', storage: ['sealed', 'hashed', 'wrapped'], retention: PEOPLE },
	answers: {
		right: 'people.read',
		storage: ['sealed', 'hashed', 'wrapped', 'clear'],
		retention: [...PEOPLE, 'answers', 'events', 'touchpoints', 'imports'],
	},
	sensitive: { right: 'mailbox.read', storage: ['sealed', 'hashed', 'wrapped'], retention: [...PEOPLE, 'visitors', 'mailbox', 'passes'] },
};

/** `<level>:<storage>`. */
export type FieldLevel = `${Level}:${Storage}`;

/**
 * Each personal field by table and property. Text that is not here is a code, an id or what staff and editors wrote about no person;
 * a test names every column and fails for one that is neither here nor known as such.
 */
export const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldLevel>>>> = {
	person: { profile: 'contact:sealed', imported: 'contact:sealed', dataKey: 'contact:wrapped' },
	person_lookup: { hash: 'contact:hashed' },
	visitor: { hash: 'sensitive:hashed', firstTouch: 'answers:clear' },
	pass: { hash: 'sensitive:hashed', agent: 'answers:clear' },
	access_ask: { hash: 'sensitive:hashed' },
	lead_bulk: { scope: 'answers:clear' },
	lead_view: { query: 'answers:clear' },
	lead: { company: 'company:clear', mailDomain: 'company:clear' },
	lead_merge: { before: 'company:clear' },
	account: { name: 'company:clear', nameKey: 'company:clear', nameFolded: 'company:clear', website: 'company:clear' },
	account_domain: { domain: 'company:clear' },
	account_member: { companyKey: 'company:hashed', jobRole: 'company:clear', committeeRole: 'company:clear' },
	account_post: { jobRole: 'company:clear', committeeRole: 'company:clear' },
	form_submission: { answers: 'answers:sealed', requestHash: 'answers:hashed', requestKey: 'answers:hashed' },
	submission_arrival: { detail: 'answers:clear', network: 'answers:hashed' },
	touchpoint: { detail: 'answers:clear' },
	event: { props: 'answers:clear' },
	utm_unknown: { source: 'answers:clear', medium: 'answers:clear', campaign: 'answers:clear' },
	cleaning_allow: { hash: 'contact:hashed' },
	import_batch: { dataKey: 'answers:wrapped', sample: 'answers:sealed' },
	import_part: { bytes: 'answers:sealed' },
	import_row: { cells: 'answers:sealed', hash: 'contact:hashed', presence: 'answers:clear' },
	// Of nobody who is named; sealed until enough people asked the same.
	search_words: { sealed: 'answers:sealed' },
	search_asker: { asker: 'answers:hashed' },
	person_attribute: { sealed: 'answers:sealed' },
	disposition: { feedback: 'answers:sealed' },
	sales_interaction: { note: 'answers:sealed' },
	screening_answer: { words: 'answers:sealed' },
	offer_claim: { code: 'sensitive:sealed', codeHash: 'sensitive:hashed' },
	offer_redemption: { reason: 'answers:clear' },
	quote_request: { words: 'answers:sealed', requestHash: 'answers:hashed', page: 'answers:clear' },
	interaction: { sealed: 'answers:sealed' },
	poll_vote: { sealed: 'answers:sealed' },
	replay_view: { ranges: 'answers:clear' },
	room_draw_entry: { entry: 'answers:hashed', sealed: 'answers:sealed' },
	late_question: { sealed: 'answers:sealed', sealedAnswer: 'answers:sealed' },
	certificate: { codeHash: 'answers:hashed', sealed: 'answers:sealed' },
	stage_seat: { sealedName: 'contact:sealed', identity: 'answers:hashed', linkHash: 'sensitive:hashed' },
	// No person's, but read by nobody for the same reasons.
	webhook_endpoint: { dataKey: 'sensitive:wrapped', secret: 'sensitive:sealed', oldSecret: 'sensitive:sealed' },
	export_file: { query: 'sensitive:sealed', dataKey: 'sensitive:wrapped' },
	webhook_attempt: { answer: 'sensitive:sealed' },
	suppression: { hash: 'contact:hashed' },
	mailbox: { sealed: 'sensitive:sealed' },
};

/** The levels of the personal fields of a table's property; null for what is not personal. */
export function levelOf(table: string, property: string): { readonly level: Level; readonly storage: Storage } | null {
	const field = FIELDS[table]?.[property];
	if (field === undefined) return null;
	const [level, storage] = field.split(':') as [Level, Storage];
	return { level, storage };
}

/** A level as the console shows it. */
export interface LevelView {
	readonly level: Level;
	readonly fields: number;
	readonly storage: readonly Storage[];
	readonly readers: readonly StaffRole[];
}

/** How many fields each level has, and how they lie. */
export function levelSummary(): readonly LevelView[] {
	const all = Object.values(FIELDS)
		.flatMap((table) => Object.values(table))
		.map((field) => field.split(':') as [Level, Storage]);
	return (Object.keys(LEVELS) as Level[]).map((level) => {
		const own = all.filter(([one]) => one === level);
		const readers = STAFF_ROLES.filter((role) => can(role, LEVELS[level].right));
		return { level, fields: own.length, storage: [...new Set(own.map(([, storage]) => storage))], readers };
	});
}
