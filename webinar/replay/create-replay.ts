import type { OutboxHandler } from '#kernel/outbox.ts';

import { createCaptions, type Captions } from '../caption/type-line.ts';
import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import type { Messages } from '../interaction/message.ts';
import { createFindReplay } from './find.ts';
import { createGive } from './give.ts';
import { createReplayLink } from './link.ts';
import { createLook } from './look.ts';
import { createReplayMail, REPLAY_MAIL } from './mail.ts';
import type { Replay } from './public.ts';
import { createSettleReplays } from './settle.ts';
import { createWatching } from './watching.ts';

interface Replays {
	readonly replay: Replay;
	readonly captions: Captions;
	/** Settles what was watched by those who stopped. Returns how many. */
	readonly settle: () => Promise<number>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

/** Replays, and the captions that they get from the room. */
export function createReplays(deps: WebinarsDeps & { readonly messages: Messages; readonly fanOut: FanOut }): Replays {
	const find = createFindReplay(deps);
	const captions = createCaptions(deps);
	return {
		replay: Object.freeze<Replay>({
			...createLook({ ...deps, find, typedCaptions: captions.typed }),
			watch: createWatching({ ...deps, find }),
			...createReplayLink(deps),
			...createGive(deps),
		}),
		captions: Object.freeze<Captions>({ type: captions.type }),
		settle: createSettleReplays(deps),
		handlers: { [REPLAY_MAIL]: createReplayMail(deps) },
	};
}
