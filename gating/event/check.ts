import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';

import type { Purpose } from '../consent/purpose.ts';
import type { Attention } from './beat.ts';
import { wholeSeconds } from './beat.ts';
import { CATALOG, type EventKind, eventKind, EVENT_TYPES, type EventType } from './catalog.ts';
import { propsCheck } from './props.ts';

/** Why an event was not stored. The words are in `kernel/texts`. */
export type DropReason = 'malformed' | 'unknown-type' | 'bot' | 'too-old' | 'in-future' | 'no-consent' | 'bad-props' | 'forged-beat';

export const OLDEST_MS = DAY_MS;
export const NEWEST_MS = 5 * MINUTE_MS;

/** What is known about the sender of a request's events. */
export interface Sender {
	readonly visitorId: string | null;
	readonly personId: string | null;
	readonly consents: ReadonlySet<Purpose>;
	readonly isBot: boolean;
	readonly receivedAt: number;
	prove(token: string, visitorId: string, subject: string): Attention | null;
}

/** An event on its way through the checks; `props` hold what the browser sent until the last check. */
export interface Draft {
	id: string;
	type: string;
	kind: EventKind;
	/** Epoch in milliseconds. */
	at: number;
	subject: string;
	props: Readonly<Record<string, unknown>>;
}

export type Checked = { readonly outcome: 'accepted'; readonly draft: Draft } | { readonly outcome: 'dropped'; readonly reason: DropReason };
type Check = (draft: Draft, sender: Sender) => DropReason | null;

const ID = /^[A-Za-z0-9_-]{8,64}$/;
const SUBJECT = /^[a-z_]{1,40}:[A-Za-z0-9-]{1,64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
/** Pages behind a personal link: what follows opens something, so only the kind of link is kept. */
const LINK = /^((?:\/zh-CN)?\/[cdjru])\/.*/s;
const NO_PROPS = Object.freeze({});

const sentCheck = new Map(
	EVENT_TYPES.map((type: EventType) => {
		const kind: EventKind = CATALOG[type];
		return [kind, propsCheck(kind.sent ?? kind.props)] as const;
	}),
);

/** The checks in order: the first that objects names the reason. */
const CHECKS: readonly Check[] = [isKnown, isHuman, isTimely, isAgreed, isWellMade, isProved, isSafeToKeep];

/** Takes one event of a beacon through every check. Pure but for the proof of beats, which reads the hub's signature. */
export function checkEvent(raw: unknown, sender: Sender): Checked {
	const draft = read(raw);
	if (!draft) return { outcome: 'dropped', reason: 'malformed' };
	for (const check of CHECKS) {
		const reason = check(draft, sender);
		if (reason) return { outcome: 'dropped', reason };
	}
	return { outcome: 'accepted', draft };
}

function read(raw: unknown): Draft | null {
	if (typeof raw !== 'object' || raw === null) return null;
	const { id, type, at, subject = '', props = NO_PROPS } = raw as Record<string, unknown>;
	if (typeof id !== 'string' || !ID.test(id) || typeof type !== 'string' || typeof at !== 'string' || at.length > 35 || !INSTANT.test(at))
		return null;
	if (typeof subject !== 'string' || (subject !== '' && !SUBJECT.test(subject))) return null;
	if (typeof props !== 'object' || props === null || Array.isArray(props)) return null;
	const instant = Date.parse(at);
	if (Number.isNaN(instant)) return null;
	return { id, type, kind: CATALOG['page.view'], at: instant, subject, props: props as Record<string, unknown> };
}

/** Events that the hub makes itself are no less unknown to a browser than misspelt ones. */
function isKnown(draft: Draft): DropReason | null {
	const kind = eventKind(draft.type);
	if (kind?.source !== 'browser') return 'unknown-type';
	draft.kind = kind;
	return null;
}

function isHuman(_: Draft, { isBot }: Sender): DropReason | null {
	return isBot ? 'bot' : null;
}

function isTimely({ at }: Draft, { receivedAt }: Sender): DropReason | null {
	if (at < receivedAt - OLDEST_MS) return 'too-old';
	return at > receivedAt + NEWEST_MS ? 'in-future' : null;
}

function isAgreed({ kind }: Draft, { visitorId, consents }: Sender): DropReason | null {
	return visitorId === null || (kind.purpose !== null && !consents.has(kind.purpose)) ? 'no-consent' : null;
}

function isWellMade({ kind, subject, props }: Draft): DropReason | null {
	if (subject === '' && kind.subject === 'required') return 'bad-props';
	return sentCheck.get(kind)?.(props) ? null : 'bad-props';
}

/** Attention is stored under its run's id and the hub's time, with the seconds that its beats prove. */
function isProved(draft: Draft, { visitorId, prove }: Sender): DropReason | null {
	if (draft.type !== 'content.attention') return null;
	const proof = prove(draft.props['beat'] as string, visitorId ?? '', draft.subject);
	if (!proof) return 'forged-beat';
	draft.id = proof.run;
	draft.at = proof.lastAt.getTime();
	draft.props = { seconds: wholeSeconds(proof.creditedMs), depth: draft.props['depth'] };
	return null;
}

/** Takes the token out of the path of a page that was opened by a personal link. */
function isSafeToKeep(draft: Draft): DropReason | null {
	const path = draft.props['path'];
	if (typeof path === 'string' && LINK.test(path)) draft.props = { ...draft.props, path: path.replace(LINK, '$1') };
	return null;
}
