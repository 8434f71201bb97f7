import { type App, createApp } from '#app';
import { loadConfig } from '#config';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export interface Loop {
	/** Begins nothing more; resolves when what is in hand is done. */
	stop(): Promise<void>;
}

type LoopApp = Pick<App, 'log'> & {
	readonly outbox: Pick<App['outbox'], 'runDue'>;
	readonly jobs: Pick<App['jobs'], 'runDue'>;
	readonly webinars: Pick<App['webinars'], 'tick' | 'watch' | 'settleDue' | 'syncSchedule' | 'aftermath' | 'library'>;
	readonly cms: Pick<App['cms'], 'snapshot'>;
	readonly files: Pick<App['files'], 'sweep'>;
	readonly gating: {
		readonly privacy: { readonly upkeep: Pick<App['gating']['privacy']['upkeep'], 'planNight'> };
		readonly referrals: Pick<App['gating']['referrals'], 'settle'>;
		readonly messages: Pick<App['gating']['messages'], 'runDue'>;
		readonly webhooks: Pick<App['gating']['webhooks'], 'runDue'>;
		readonly routing: Pick<App['gating']['routing'], 'runDue'>;
		readonly journeys: Pick<App['gating']['journeys'], 'runDue'>;
	};
	readonly followKeys: App['followKeys'];
};

/**
 * What happens without being asked for: mails and other deliveries, jobs, moments of webinars, attendance, old files. In every process:
 * rows are claimed, so that nothing is done twice. Each kind of work waits for its own last round only.
 */
export function startLoop(app: LoopApp): Loop {
	const tasks = [
		repeat(app, 'deliveries', SECOND_MS, () => app.outbox.runDue()),
		repeat(app, 'messages', SECOND_MS, () => app.gating.messages.runDue()),
		repeat(app, 'webhooks', SECOND_MS, () => app.gating.webhooks.runDue()),
		repeat(app, 'jobs', SECOND_MS, () => app.jobs.runDue()),
		repeat(app, 'moments', SECOND_MS, () => app.webinars.tick()),
		repeat(app, 'follow-ups', 2 * SECOND_MS, () => app.gating.routing.runDue()),
		repeat(app, 'journeys', SECOND_MS, () => app.gating.journeys.runDue()),
		repeat(app, 'rewards', MINUTE_MS, () => app.gating.referrals.settle()),
		repeat(app, 'who is connected', 30 * SECOND_MS, () => app.webinars.watch()),
		repeat(app, 'attendance', MINUTE_MS, () => app.webinars.settleDue()),
		repeat(app, 'aftermath', MINUTE_MS, () => app.webinars.aftermath.planDue()),
		repeat(app, 'followers', MINUTE_MS, () => app.webinars.library.tellDue()),
		repeat(app, 'kept files', 10 * MINUTE_MS, () => app.files.sweep()),
		repeat(app, 'keys', 5 * SECOND_MS, () => app.followKeys()),
		repeat(app, 'upkeep', 30 * MINUTE_MS, () => app.gating.privacy.upkeep.planNight()),
		repeat(app, 'schedule', 60 * MINUTE_MS, () => app.webinars.syncSchedule(app.cms.snapshot())),
	];
	return Object.freeze<Loop>({
		stop: async () => {
			await Promise.all(tasks.map(({ stop }) => stop()));
		},
	});
}

/** Runs `work` again and again, `everyMs` after its end; a round that fails is logged and followed by the next. */
function repeat({ log }: Pick<App, 'log'>, name: string, everyMs: number, work: () => Promise<unknown>): Loop {
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;
	let round: Promise<void> = Promise.resolve();

	const begin = (): void => {
		round = (async () => {
			try {
				await work();
			} catch (error) {
				log.error({ err: error, work: name }, 'a round of background work failed');
			}
			if (!isStopped) timer = setTimeout(begin, everyMs);
		})();
	};
	begin();
	return {
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
			return round;
		},
	};
}

if (import.meta.main) {
	try {
		await main();
	} catch (error) {
		console.error(`foyer: ${error instanceof Error ? error.message : String(error)}`);
		process.exit(1);
	}
}

/** The loop alone, beside hubs that serve. */
async function main(): Promise<void> {
	const config = loadConfig(process.env);
	if (config.database.dialect !== 'postgres') {
		throw new Error(
			'A worker of its own needs PostgreSQL: set DATABASE_URL. On SQLite, which has one writing process, the hub does this work itself.',
		);
	}
	if (config.cms.directus !== 'external') {
		throw new Error('A worker of its own needs the Directus that the hubs use: set DIRECTUS_URL and DIRECTUS_TOKEN.');
	}
	const app = await createApp(config, { cmsAccess: { token: config.cms.token, hookSecret: config.cmsHookSecret ?? '' } });
	await app.start();
	const loop = startLoop(app);
	app.log.info({}, 'the worker runs');
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			void loop
				.stop()
				.then(() => app.stop())
				.then(() => process.exit(0));
		});
	}
}
