import type { Log } from '#kernel/log.ts';

const EVERY_MS = 250;

export interface Ticker {
	start(): void;
	/** Waits for what is running. */
	stop(): Promise<void>;
}

/** Runs `work` again and again (four times a second unless told otherwise), never twice at once. A failure is logged, and tried again at the next tick. */
export function createTicker(work: () => Promise<unknown>, log: Log, { everyMs = EVERY_MS, what = 'scoring' } = {}): Ticker {
	let timer: NodeJS.Timeout | null = null;
	let running: Promise<void> | null = null;
	const tick = (): void => {
		running ??= work()
			.then(
				() => undefined,
				(error: unknown) => log.error({ err: error }, `${what} failed, it is tried again`),
			)
			.finally(() => (running = null));
	};
	return Object.freeze<Ticker>({
		start: () => {
			timer ??= setInterval(tick, everyMs).unref();
		},
		stop: async () => {
			if (timer) clearInterval(timer);
			timer = null;
			await running;
		},
	});
}
