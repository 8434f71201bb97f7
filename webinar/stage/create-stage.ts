import type { Visitor } from '#gating';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { StageLayout } from '../interaction/kinds.ts';
import type { RoomEvent } from '../room/rooms.ts';
import { createRecordings, type Recordings } from '../recording/create-recordings.ts';
import { createUploads, type PartOutcome, type UploadPart } from '../recording/upload.ts';
import { createAnswer, type OnStage } from './answer.ts';
import { type AnswerOutcome, type Calls, type CallsDeps, createCalls } from './call.ts';
import { createEnd, END_KIND } from './end.ts';
import { createGuard } from './guard.ts';
import { createRequireHost, type Host, type RequireHost } from './host.ts';
import { createArrange } from './layout.ts';
import { createRun, type Run, type RunDeps } from './run.ts';
import { createSpeakers, type Speakers } from './speaker.ts';
import { createTokens, type Tokens, type TokensDeps } from './token.ts';
import { createViews, type StageView } from './view.ts';

/** The live stage: who runs it, who is on it and what everybody sees of it. */
export interface Stage extends Run, Calls {
	/** Who may run an occurrence. Every act of a host takes what this gives. */
	readonly requireHost: RequireHost;
	readonly tokens: Tokens;
	readonly speakers: Speakers;
	readonly recordings: Recordings;
	/** Takes the next part of a film that a host sends. */
	upload(host: Host, part: UploadPart): Promise<PartOutcome>;
	/** Shows the stage otherwise to everybody. */
	arrange(host: Host, change: Partial<Pick<StageLayout, 'layout' | 'spotlight'>>): Promise<StageLayout>;
	/** A registrant's answer to the host's call, or that they step down. @throws DomainError unavailable */
	answer(slug: string, visitor: Visitor, answer: 'accept' | 'decline' | 'leave'): Promise<AnswerOutcome>;
	/** A registrant as the stage knows them; null for who may not be there. */
	me(slug: string, visitor: Visitor): Promise<(OnStage & { readonly role: 'host' | 'speaker' | 'viewer'; readonly isCalled: boolean }) | null>;
	/** What the host sees of the stage; null when there is no such occurrence. */
	view(occurrenceId: string): Promise<StageView | null>;
	/** What the media server tells, once it was kept. */
	heard(event: RoomEvent): Promise<void>;
	/** Deliveries of the stage, by outbox kind. */
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type StageDeps = WebinarsDeps & RunDeps & CallsDeps & Omit<TokensDeps, 'speakers'>;

export function createStage(deps: StageDeps): Stage {
	const speakers = createSpeakers(deps);
	const recordings = createRecordings(deps);
	const views = createViews(deps);
	const answer = createAnswer(deps);
	const guard = createGuard(deps);
	return Object.freeze<Stage>({
		requireHost: createRequireHost(deps),
		tokens: createTokens({ ...deps, speakers }),
		speakers,
		recordings: recordings.public,
		upload: createUploads({ folder: deps.uploadFolder, recordings: recordings.public, now: deps.now }),
		...createRun(deps),
		...createCalls(deps),
		arrange: createArrange(deps),
		answer: async (slug, visitor, given) => {
			const me = await views.me(slug, visitor);
			return me ? answer(me, given) : { status: 'not-called' };
		},
		...views,
		heard: async (event) => {
			if (event.job) await recordings.heard(event.job);
			await guard(event);
		},
		handlers: { [END_KIND]: createEnd(deps), ...recordings.handlers },
	});
}
