import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { CmsConfig, MailConfig } from '#config';

import { LONGEST_SIDE } from '../read/safe.ts';
import type { DirectusSecrets } from './secrets.ts';

const EXTENSIONS = fileURLToPath(new URL('./extensions', import.meta.url));

/** Address of the first administrator of Directus. Directus takes only top-level domains that exist, so not `.example`. */
export const ADMIN_MAIL = 'admin@halden-drives.example.com';

export interface DirectusSettings {
	readonly config: Extract<CmsConfig, { directus: 'child' }>;
	/** Origin of the site, allowed to be shown inside the Studio for previews. */
	readonly publicSiteUrl: string;
	/** Address that change notices go to. */
	readonly hookUrl: string;
	readonly mail?: MailConfig | undefined;
	/** Variables handed on as they are, such as LICENSE_KEY, PATH or a proxy. */
	readonly inherited?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The whole environment of the Directus child. Nothing else of the hub's own environment reaches it. */
export function directusEnvironment(
	{ config, publicSiteUrl, hookUrl, mail, inherited = {} }: DirectusSettings,
	secrets: DirectusSecrets,
): Record<string, string> {
	const handedOn = Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		...Object.fromEntries(handedOn),
		NODE_ENV: 'production',
		HOST: '127.0.0.1',
		PORT: String(config.port),
		PUBLIC_URL: config.publicUrl,
		KEY: secrets.key,
		SECRET: secrets.secret,
		DB_CLIENT: 'sqlite3',
		DB_FILENAME: join(config.folder, 'directus.db'),
		STORAGE_LOCATIONS: 'local',
		STORAGE_LOCAL_DRIVER: 'local',
		STORAGE_LOCAL_ROOT: uploadsFolder(config.folder),
		EXTENSIONS_PATH: EXTENSIONS,
		// It answers 503 when the machine is busy, to pictures too; the hub limits what it asks for by itself.
		PRESSURE_LIMITER_ENABLED: 'false',
		ASSETS_TRANSFORM_IMAGE_MAX_DIMENSION: String(LONGEST_SIDE),
		// It counts the original as a step of its own; what comes out is bounded by the presets.
		ASSETS_TRANSFORM_IMAGE_MAX_OUTPUT_DIMENSION: String(LONGEST_SIDE),
		ASSETS_TRANSFORM_MAX_CONCURRENT: '4',
		ASSETS_TRANSFORM_TIMEOUT: '20s',
		LOG_STYLE: 'raw',
		LOG_LEVEL: 'warn',
		LOG_HTTP_IGNORE_PATHS: '/server/ping',
		WEBSOCKETS_ENABLED: 'false',
		AI_ENABLED: 'false',
		MCP_ENABLED: 'false',
		// The free licence ignores TELEMETRY=false; no content is sent either way, and this stops the owner's report.
		TELEMETRY: 'false',
		PROJECT_OWNER_ENABLED: 'false',
		EMAIL_VERIFY_SETUP: 'false',
		CONTENT_SECURITY_POLICY_DIRECTIVES__FRAME_SRC: `array:'self',${publicSiteUrl}`,
		FOYER_HOOK_URL: hookUrl,
		FOYER_HOOK_SECRET: secrets.hookSecret,
		...mailEnvironment(mail),
	};
}

export function uploadsFolder(folder: string): string {
	return join(folder, 'uploads');
}

function mailEnvironment(mail: MailConfig | undefined): Record<string, string> {
	if (mail?.delivery !== 'smtp') return {};
	const { hostname, port, username, password, protocol } = new URL(mail.url);
	return {
		EMAIL_TRANSPORT: 'smtp',
		EMAIL_FROM: mail.from,
		EMAIL_SMTP_HOST: hostname,
		EMAIL_SMTP_PORT: port || (protocol === 'smtps:' ? '465' : '587'),
		EMAIL_SMTP_SECURE: String(protocol === 'smtps:'),
		...(username ? { EMAIL_SMTP_USER: decodeURIComponent(username), EMAIL_SMTP_PASSWORD: decodeURIComponent(password) } : {}),
	};
}
