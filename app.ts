import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { type Cms, createCms, createPress, type Press } from '#cms';
import type { Config } from '#config';
import {
	createGating,
	type ExportList,
	type OtherReport,
	type Gating,
	type PersonalDataSource,
	type WhenProved,
	type ImportedSessions,
} from '#gating';
import { type Now, systemClock } from '#kernel/clock.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';
import type { Database } from '#kernel/database.ts';
import { folderFileStore } from '#kernel/files.ts';
import { type Random, systemRandom } from '#kernel/id.ts';
import { createJobs, type Jobs } from '#kernel/job.ts';
import { createKeptFiles, type KeptFiles } from '#kernel/kept-files.ts';
import { followKeyFile } from '#kernel/key-file.ts';
import { createKeys, type Keys, parseKeyRing, sealAlone } from '#kernel/keys.ts';
import { createLog, type Log } from '#kernel/log.ts';
import { type Mailer, mailboxMailer, smtpMailer } from '#kernel/mailer.ts';
import { httpSms } from '#kernel/messaging/http-sms.ts';
import { createOutbox, type Outbox } from '#kernel/outbox.ts';
import { counter as counterTable } from '#kernel/schema.ts';
import { keepSecret } from '#kernel/secrets.ts';
import { createSearch, type Search } from '#search';
import { createRooms, createWebinars, type Webinars } from '#webinar';

/** The state of one part, for `/readyz`. */
export interface PartStatus {
	readonly state: 'ok' | 'degraded' | 'down';
	/** Why, in words for the operator; '' when ok. */
	readonly reason: string;
}

/** Everything the hub is made of. Pages get it as `Astro.locals.app`. */
export interface App {
	readonly config: Config;
	readonly db: Database;
	readonly keys: Keys;
	readonly log: Log;
	readonly now: Now;
	readonly random: Random;
	readonly mailer: Mailer;
	readonly cms: Cms;
	readonly gating: Gating;
	readonly webinars: Webinars;
	readonly search: Search;
	readonly files: KeptFiles;
	readonly press: Press;
	readonly outbox: Outbox;
	readonly jobs: Jobs;
	/** Goes on with another key ring when its file was changed, and has everything wrapped by its newest key. */
	followKeys(): Promise<void>;
	/** Follows content: search, schedules, caches. Call once, when the CMS can be read or has a snapshot on disk. */
	start(): Promise<void>;
	readiness(): Promise<Readonly<Record<string, PartStatus>>>;
	stop(): Promise<void>;
}

export interface AppDeps {
	readonly now?: Now;
	readonly random?: Random;
	readonly log?: Log;
	/** Token of the CMS's read-only account and secret of its notices. */
	readonly cmsAccess: { readonly token: string; readonly hookSecret: string };
}

/**
 * Puts the parts together. Opens the database and brings it to the present schema; starts nothing else.
 *
 * @throws Error when the data folder or the database cannot be opened, or the key ring does not fit.
 */
export async function createApp(config: Config, deps: AppDeps): Promise<App> {
	const now = deps.now ?? systemClock;
	const random = deps.random ?? systemRandom;
	const log = deps.log ?? createLog(config.logLevel);
	mkdirSync(config.dataFolder, { recursive: true });
	const keys = openKeys(config, random, log);
	const hasOtherKeys = config.keys === null ? followKeyFile(keyFileOf(config), keys) : () => false;
	const db = await openDatabase(config);
	const origin = config.server.publicUrl;

	const cms = createCms({ config: config.cms, dataFolder: config.dataFolder, ...deps.cmsAccess, now, log, db });
	const content = () => cms.snapshot();
	const mailer: Mailer =
		config.mail.delivery === 'smtp'
			? smtpMailer(config.mail)
			: mailboxMailer({
					db,
					now,
					random,
					seal: async (personId, text) => (personId === null ? sealAlone(keys, 'mailbox', text) : gating.people.seal(personId, 'mailbox', text)),
				});
	const personalData: PersonalDataSource[] = [];
	const exportLists: ExportList[] = [];
	const otherReports: OtherReport[] = [];
	const files = createKeptFiles({ db, store: folderFileStore(join(config.dataFolder, 'files')), now, random, limitBytes: KEPT_FILES_BYTES });
	const whenProved: WhenProved[] = [];
	const sessions: ImportedSessions[] = [];
	const gating = createGating({
		db,
		keys,
		now,
		random,
		log,
		origin,
		timeZone: () => content().site.timeZone,
		content,
		mailer,
		sms: config.sms === null ? null : httpSms(config.sms),
		directory: cms.staff,
		personalData,
		whenProved,
		sessions,
		files,
		exportLists,
		otherReports,
		printReports: (text) => press.report(text),
		webhooks: { allowsLoopback: config.environment !== 'production' },
	});
	const rooms = await createRooms(config.rooms);
	const recordings = folderFileStore(join(config.dataFolder, 'recordings'));
	const webinars = createWebinars({
		db,
		keys,
		now,
		random,
		log,
		content,
		gating,
		rooms,
		recordings,
		uploadFolder: join(config.dataFolder, 'uploads'),
		origin,
	});
	whenProved.push(webinars.whenProved);
	sessions.push(webinars.history.imported);
	exportLists.push(...webinars.exportLists);
	otherReports.push(webinars.overall.asTable);
	personalData.push(webinars.personalData, files.personalData);
	const press = createPress({
		...{ db, files, keys, now, random, log, origin, content },
		asset: cms.asset,
		contact: gating.people.contact,
		fileKey: gating.people.fileKey,
	});
	const search = createSearch({ config: config.search, now, log, content });
	const outbox = createOutbox({ db, now, random, log, handlers: { ...gating.handlers, ...webinars.handlers, ...files.handlers } });
	const jobs = createJobs({ db, now, log, handlers: gating.jobs });

	return Object.freeze<App>({
		config,
		db,
		keys,
		log,
		now,
		random,
		mailer,
		cms: { ...cms, problems: () => [...cms.problems(), ...press.problems()] },
		gating,
		webinars,
		search,
		files,
		press,
		outbox,
		jobs,
		followKeys: async () => {
			if (!hasOtherKeys()) return;
			log.info({ keys: keys.ids() }, 'the key ring was changed');
			await gating.privacy.upkeep.planRekey();
		},
		start: async () => {
			const follow = async (tags?: readonly string[]): Promise<void> => {
				if (content().revision === 0) return; // not read yet: an empty index would be no copy of it
				await Promise.all([webinars.syncSchedule(content()), search.sync(content(), tags)]);
				if (tags === undefined || tags.includes('offers')) await gating.offers.giveToWaiting();
			};
			cms.onChange(({ tags }) => void follow(tags).catch((error: unknown) => log.error({ err: error }, 'following a content change failed')));
			await cms.start();
			await gating.start();
			await gating.privacy.upkeep.planNight();
			await gating.privacy.upkeep.planRekey();
			await follow();
		},
		readiness: async () => ({
			database: await databaseStatus(db),
			cms: cms.status(),
			search: search.status(),
			mail: (await mailer.check()) === 'ok' ? OK : { state: 'degraded', reason: 'the mail server does not answer; mails wait' },
			rooms: rooms.status(),
		}),
		stop: async () => {
			await cms.stop();
			await gating.stop();
			await press.close();
			await search.close();
			await mailer.close();
			await db.close();
		},
	});
}

/** Brochures, stamped papers and pictures of links together. */
const KEPT_FILES_BYTES = 4 * 1_024 ** 3;

const OK: PartStatus = { state: 'ok', reason: '' };

const keyFileOf = ({ dataFolder }: Config): string => join(dataFolder, 'foyer.keys');

function openKeys(config: Config, random: Random, log: Log): Keys {
	if (config.keys !== null) return createKeys(parseKeyRing(config.keys), random);
	const file = keyFileOf(config);
	const { text, isNew } = keepSecret(file, () => `k1:${random(32).toString('base64')}`);
	if (isNew) log.info({ file }, 'made a key file for personal data: back it up apart from the data, or set FOYER_KEYS');
	return createKeys(parseKeyRing(text), random);
}

async function openDatabase({ database }: Config): Promise<Database> {
	if (database.dialect === 'sqlite') return openSqlite(database.file);
	const { openPostgres } = await import('#kernel/database-postgres.ts');
	return openPostgres(database.url);
}

async function databaseStatus(db: Database): Promise<PartStatus> {
	try {
		await db.read.select().from(counterTable).limit(1);
		return OK;
	} catch {
		return { state: 'down', reason: 'the hub database does not answer' };
	}
}
