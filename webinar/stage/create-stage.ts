import { createRequireHost, type RequireHost } from './host.ts';
import { createRun, type Run, type RunDeps } from './run.ts';
import type { WebinarsDeps } from '../deps.ts';

/** The live stage: who runs it, who is on it and what everybody sees of it. */
export interface Stage extends Run {
	/** Who may run an occurrence. Every act of a host takes what this gives. */
	readonly requireHost: RequireHost;
}

export function createStage(deps: WebinarsDeps & RunDeps): Stage {
	return Object.freeze<Stage>({ requireHost: createRequireHost(deps), ...createRun(deps) });
}
