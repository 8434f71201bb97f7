import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const optionalUrl = (protocols: readonly string[]) =>
	z
		.string()
		.refine((value) => protocols.includes(protocolOf(value)), { message: `must be an address starting with ${protocols.join(' or ')}` })
		.optional();

const environment = z.object({
	NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
	HOST: z.string().default('127.0.0.1'),
	PORT: port.default(4321),
	PUBLIC_URL: optionalUrl(['http:', 'https:']),
	DATA_DIR: z.string().default('.data'),
	TRUSTED_PROXIES: z.string().default(''),
	DATABASE_URL: optionalUrl(['postgres:', 'postgresql:']),
	DIRECTUS_URL: optionalUrl(['http:', 'https:']),
	DIRECTUS_PUBLIC_URL: optionalUrl(['http:', 'https:']),
	DIRECTUS_PORT: port.default(8055),
	DIRECTUS_TOKEN: z.string().min(16).optional(),
	DIRECTUS_LICENSE_KEY: z.string().optional(),
	CMS_HOOK_SECRET: z.string().min(16).optional(),
	FOYER_KEYS: z.string().optional(),
	FOYER_API_TOKEN: z.string().min(24, 'must have at least 24 characters').optional(),
	METRICS_TOKEN: z.string().min(16).optional(),
	SMTP_URL: optionalUrl(['smtp:', 'smtps:']),
	SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(3),
	MAIL_BOUNCES: z.email('must be an address that reports of failed mails go to').optional(),
	MAIL_HOOK_SECRET: z.string().min(24, 'must have at least 24 characters').optional(),
	DKIM_DOMAIN: z.string().optional(),
	DKIM_SELECTOR: z.string().optional(),
	DKIM_KEY_FILE: z.string().optional(),
	SMS_URL: optionalUrl(['https:', 'http:']),
	SMS_AUTHORIZATION: z.string().optional(),
	SMS_BODY: z
		.string()
		.refine((body) => body.includes('{to}') && body.includes('{text}'), { message: 'must hold {to} and {text}' })
		.default('{"to":"{to}","text":"{text}","id":"{id}"}'),
	MAIL_FROM: z.string().default('Halden Drives <hello@halden-drives.example>'),
	MEILI_URL: optionalUrl(['http:', 'https:']),
	MEILI_KEY: z.string().default(''),
	SEARCH_ENGINE: z.enum(['embedded', 'meilisearch']).optional(),
	MEILISEARCH_BIN: z.string().optional(),
	MEILI_PORT: port.default(7_700),
	LIVEKIT_URL: optionalUrl(['ws:', 'wss:']),
	LIVEKIT_API_KEY: z.string().default('devkey'),
	LIVEKIT_API_SECRET: z.string().default('secret'),
	LIVEKIT_SERVER_BIN: z.string().optional(),
	LIVEKIT_PORT: port.default(7_880),
	LIVEKIT_MOST_VIEWERS: z.coerce.number().int().min(1).max(10_000).default(300),
	LIVEKIT_RECORDER_FOLDER: z.string().optional(),
	LIVEKIT_HLS_URL: optionalUrl(['http:', 'https:']),
	PATH: z.string().default(''),
	LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
	FOYER_CLOCK: z.iso.datetime({ offset: true, error: 'must be an instant with its offset, as 2026-12-01T13:55:00+01:00' }).optional(),
	BYTE_CACHE_MB: z.coerce.number().int().min(1).max(4_096).default(64),
});

/** Where staff and content come from: a Directus that the hub starts itself, or one that runs elsewhere. */
export type CmsConfig =
	| {
			readonly directus: 'child';
			readonly url: string;
			readonly publicUrl: string;
			readonly port: number;
			readonly folder: string;
			readonly licenceKey: string | null;
	  }
	| { readonly directus: 'external'; readonly url: string; readonly publicUrl: string; readonly token: string };

export type DatabaseConfig = { readonly dialect: 'sqlite'; readonly file: string } | { readonly dialect: 'postgres'; readonly url: string };

export interface SmtpConfig {
	readonly url: string;
	readonly from: string;
	/** Mails that the server takes side by side. */
	readonly connections: number;
	/** Where reports of failed mails go, with the mail's id after a plus; null: to `from`. */
	readonly bounces: string | null;
	/** Null: the mail server signs, or nobody does. */
	readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
}

export type MailConfig = ({ readonly delivery: 'smtp' } & SmtpConfig) | { readonly delivery: 'mailbox'; readonly from: string };

export type SearchConfig =
	| { readonly engine: 'meilisearch'; readonly url: string; readonly key: string; readonly file: string }
	/** A server that the hub runs itself, for its own use. */
	| { readonly engine: 'meilisearch-child'; readonly program: string; readonly port: number; readonly file: string }
	| { readonly engine: 'embedded'; readonly file: string };

export type RoomsConfig =
	| {
			readonly kind: 'livekit';
			readonly url: string;
			readonly apiKey: string;
			readonly apiSecret: string;
			/** So many viewers get the stage itself. */
			readonly mostViewers: number;
			/** A folder that the recorder writes to and the hub reads; null: there is no recorder. */
			readonly recorderFolder: string | null;
			/** Where that folder is published, for viewers beyond the cap; null: they are told that the room is full. */
			readonly hlsUrl: string | null;
	  }
	/** A server that the hub runs itself, for this machine. */
	| { readonly kind: 'child'; readonly program: string; readonly port: number }
	| { readonly kind: 'none' };

export interface Config {
	readonly environment: 'development' | 'production' | 'test';
	/** Absolute path; everything that must be kept lies here. */
	readonly dataFolder: string;
	readonly server: {
		readonly host: string;
		readonly port: number;
		/** Origin that people type, without a trailing slash. */
		readonly publicUrl: string;
		/** Addresses or CIDR blocks whose X-Forwarded-* headers count. */
		readonly trustedProxies: readonly string[];
		readonly byteCacheBytes: number;
		readonly metricsToken: string | null;
		readonly apiToken: string | null;
	};
	readonly database: DatabaseConfig;
	readonly cms: CmsConfig;
	/** Shared secret of change notices; null: made once into the data folder. */
	readonly cmsHookSecret: string | null;
	/** Key ring text, or null: a key file with mode 600 in the data folder. */
	readonly keys: string | null;
	readonly mail: MailConfig;
	/** Proves whoever hands over reports of failed mails; null: nobody does. */
	readonly mailHookSecret: string | null;
	/** How SMS leave; null: there are none. */
	readonly sms: { readonly url: string; readonly authorization: string | null; readonly body: string } | null;
	readonly search: SearchConfig;
	readonly rooms: RoomsConfig;
	/** Where the hub's clock starts, to try what happens at another time; null: the machine's clock, always so in production. */
	readonly clockStartsAt: Date | null;
	readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/**
 * Reads the configuration from `env`; every variable has a default that works offline on one machine.
 *
 * @throws Error whose message lists every problem at once, a line each.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
	if (!parsed.success) {
		const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
		throw new Error(`The configuration does not fit. Change these variables:\n${lines.join('\n')}`);
	}
	const v = parsed.data;
	if (v.DIRECTUS_URL && !v.DIRECTUS_TOKEN) {
		throw new Error(
			'The configuration does not fit. Change these variables:\n  DIRECTUS_TOKEN: is needed with DIRECTUS_URL (a token of a user with the role "Site reader")',
		);
	}
	if (!v.DIRECTUS_URL && v.PORT === v.DIRECTUS_PORT)
		throw new Error('The configuration does not fit. Change these variables:\n  DIRECTUS_PORT: must differ from PORT');
	if (v.FOYER_CLOCK && v.NODE_ENV === 'production') {
		throw new Error(
			'The configuration does not fit. Change these variables:\n  FOYER_CLOCK: is for development only ("npm run dev"); in production the clock is that of the machine',
		);
	}
	const knownSecret = v.LIVEKIT_API_KEY === 'devkey' || v.LIVEKIT_API_SECRET === 'secret';
	if (v.LIVEKIT_URL && knownSecret && !LOOPBACK.test(new URL(v.LIVEKIT_URL).hostname)) {
		throw new Error(
			'The configuration does not fit. Change these variables:\n  LIVEKIT_API_KEY, LIVEKIT_API_SECRET: the keys of a development server are known to everybody; set your own',
		);
	}
	const dataFolder = resolve(v.DATA_DIR);
	const directusUrl = `http://127.0.0.1:${v.DIRECTUS_PORT}`;
	const searchFile = resolve(dataFolder, 'search.db');

	return {
		environment: v.NODE_ENV,
		dataFolder,
		server: {
			host: v.HOST,
			port: v.PORT,
			publicUrl: (v.PUBLIC_URL ?? `http://${v.HOST === '0.0.0.0' ? '127.0.0.1' : v.HOST}:${v.PORT}`).replace(/\/+$/, ''),
			trustedProxies: v.TRUSTED_PROXIES.split(',')
				.map((entry) => entry.trim())
				.filter((entry) => entry !== ''),
			byteCacheBytes: v.BYTE_CACHE_MB * 1_048_576,
			metricsToken: v.METRICS_TOKEN ?? null,
			apiToken: v.FOYER_API_TOKEN ?? null,
		},
		database: v.DATABASE_URL ? { dialect: 'postgres', url: v.DATABASE_URL } : { dialect: 'sqlite', file: resolve(dataFolder, 'foyer.db') },
		cms:
			v.DIRECTUS_URL && v.DIRECTUS_TOKEN
				? { directus: 'external', url: v.DIRECTUS_URL, publicUrl: v.DIRECTUS_PUBLIC_URL ?? v.DIRECTUS_URL, token: v.DIRECTUS_TOKEN }
				: {
						directus: 'child',
						url: directusUrl,
						publicUrl: v.DIRECTUS_PUBLIC_URL ?? directusUrl,
						port: v.DIRECTUS_PORT,
						folder: resolve(dataFolder, 'directus'),
						licenceKey: v.DIRECTUS_LICENSE_KEY ?? null,
					},
		cmsHookSecret: v.CMS_HOOK_SECRET ?? null,
		keys: v.FOYER_KEYS ?? null,
		mail: mailOf(v),
		mailHookSecret: v.MAIL_HOOK_SECRET ?? null,
		sms: v.SMS_URL ? { url: v.SMS_URL, authorization: v.SMS_AUTHORIZATION ?? null, body: v.SMS_BODY } : null,
		search: searchOf(v, searchFile),
		rooms: roomsOf(v),
		clockStartsAt: v.FOYER_CLOCK ? new Date(v.FOYER_CLOCK) : null,
		logLevel: v.LOG_LEVEL,
	};
}

/** A mail server, or the hub's own mailbox. */
function mailOf(v: z.infer<typeof environment>): MailConfig {
	const named = [v.DKIM_DOMAIN, v.DKIM_SELECTOR, v.DKIM_KEY_FILE].filter((value) => value !== undefined).length;
	if (named % 3 !== 0) {
		throw new Error(
			'The configuration does not fit. Change these variables:\n  DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE: mails are signed with all three of them, or none',
		);
	}
	if (!v.SMTP_URL) return { delivery: 'mailbox', from: v.MAIL_FROM };
	return {
		...{ delivery: 'smtp', url: v.SMTP_URL, from: v.MAIL_FROM, connections: v.SMTP_CONNECTIONS, bounces: v.MAIL_BOUNCES ?? null },
		dkim:
			v.DKIM_DOMAIN && v.DKIM_SELECTOR && v.DKIM_KEY_FILE
				? { domain: v.DKIM_DOMAIN, selector: v.DKIM_SELECTOR, keyFile: resolve(v.DKIM_KEY_FILE) }
				: null,
	};
}

/**
 * The embedded engine unless another is named: a Meilisearch elsewhere by its address, or by `SEARCH_ENGINE=meilisearch` the program that this
 * machine has. One that merely lies on the PATH is left alone, since nothing is lacking without it.
 */
function searchOf(v: z.infer<typeof environment>, file: string): SearchConfig {
	if (v.SEARCH_ENGINE === 'embedded') return { engine: 'embedded', file };
	if (v.MEILI_URL) return { engine: 'meilisearch', url: v.MEILI_URL, key: v.MEILI_KEY, file };
	if (v.SEARCH_ENGINE === undefined) return { engine: 'embedded', file };
	const program = v.MEILISEARCH_BIN ?? onPath('meilisearch', v.PATH);
	if (program === undefined)
		throw new Error(
			'The configuration does not fit. Change these variables:\n  SEARCH_ENGINE: there is no meilisearch on the PATH; set MEILISEARCH_BIN to the program, or MEILI_URL to a server',
		);
	return { engine: 'meilisearch-child', program, port: v.MEILI_PORT, file };
}

/** The server that is configured; else one that this machine has; else none. */
function roomsOf(v: z.infer<typeof environment>): RoomsConfig {
	if (v.LIVEKIT_URL) {
		return {
			...{ kind: 'livekit', url: v.LIVEKIT_URL, apiKey: v.LIVEKIT_API_KEY, apiSecret: v.LIVEKIT_API_SECRET, mostViewers: v.LIVEKIT_MOST_VIEWERS },
			...{ recorderFolder: v.LIVEKIT_RECORDER_FOLDER ?? null, hlsUrl: v.LIVEKIT_HLS_URL?.replace(/\/+$/, '') ?? null },
		};
	}
	const program = v.LIVEKIT_SERVER_BIN === NO_SERVER ? undefined : (v.LIVEKIT_SERVER_BIN ?? onPath('livekit-server', v.PATH));
	return program === undefined ? { kind: 'none' } : { kind: 'child', program, port: v.LIVEKIT_PORT };
}

/** Where a program is; undefined when it is on none of these folders. */
function onPath(program: string, folders: string): string | undefined {
	return folders
		.split(delimiter)
		.filter((folder) => folder !== '')
		.map((folder) => join(folder, program))
		.find((path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}

const NO_SERVER = 'none';
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function protocolOf(value: string): string {
	return URL.canParse(value) ? new URL(value).protocol : '';
}
