import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';

import type { SearchEngine } from './engine.ts';

/** Asks the first engine, and the second where the first fails or is too slow. */
export interface Fallback extends Pick<SearchEngine, 'query' | 'suggest'> {
	/** Why the first engine is not asked; null when it is. */
	trouble(): string | null;
}

export interface FallbackDeps {
	readonly primary: Pick<SearchEngine, 'query' | 'suggest'>;
	readonly secondary: Pick<SearchEngine, 'query' | 'suggest'>;
	/** False while the first engine's content is not the present one. */
	readonly isCurrent: () => boolean;
	/** Called when the pause after a failure is over or its content is behind: a chance to bring it up to date. */
	readonly onRetry: () => void;
	/** Milliseconds the first engine has for an answer. */
	readonly timeoutMs: number;
	readonly now: Now;
	readonly log: Log;
}

/** After a failure the first engine is left alone for so long. */
const PAUSE_MS = 10_000;

export function withFallback({ primary, secondary, isCurrent, onRetry, timeoutMs, now, log }: FallbackDeps): Fallback {
	let trouble: string | null = null;
	let retryAt = 0;

	const fail = (reason: string): void => {
		if (trouble === null) log.warn({ reason }, 'search falls back to the embedded engine');
		trouble = reason;
		retryAt = now().getTime() + PAUSE_MS;
	};
	const ask = async <T>(run: (engine: Pick<SearchEngine, 'query' | 'suggest'>) => Promise<T>): Promise<T> => {
		const isPausing = now().getTime() < retryAt;
		if (!isPausing && !isCurrent()) {
			retryAt = now().getTime() + PAUSE_MS;
			onRetry();
		}
		if (isPausing || !isCurrent()) return run(secondary);
		try {
			const answer = await within(run(primary), timeoutMs);
			if (trouble !== null) log.info({}, 'search is back on its first engine');
			trouble = null;
			return answer;
		} catch (error) {
			fail(error instanceof Error ? error.message : String(error));
			return run(secondary);
		}
	};

	return Object.freeze<Fallback>({
		query: (query) => ask((engine) => engine.query(query)),
		suggest: (query) => ask((engine) => engine.suggest(query)),
		trouble: () => trouble ?? (isCurrent() ? null : 'its content is behind'),
	});
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
