import { pino } from 'pino';

type Write = (details: object, message: string) => void;

/** Structured log lines. Details hold ids and codes: no mail addresses, tokens or answers. */
export interface Log {
	readonly error: Write;
	readonly warn: Write;
	readonly info: Write;
	readonly debug: Write;
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** JSON lines on standard error, so that standard output stays for people. Errors are written with their causes. */
export function createLog(level: LogLevel): Log {
	const logger = pino(
		{ level, base: null, redact: ['email', 'to', 'token', 'cookie', 'password', '*.email', '*.token'], serializers: { err: errorLine } },
		pino.destination({ dest: 2, sync: true }),
	);
	return Object.freeze<Log>({
		error: (details, message) => logger.error(details, message),
		warn: (details, message) => logger.warn(details, message),
		info: (details, message) => logger.info(details, message),
		debug: (details, message) => logger.debug(details, message),
	});
}

/** A log that says nothing, for tests and one-off commands. */
export const silentLog: Log = Object.freeze({ error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined });

/** drizzle's query errors print their parameters, which may be personal: only the driver's error below them is written. */
function errorLine(error: unknown): object {
	if (!(error instanceof Error)) return { message: String(error) };
	const isQueryError = error.name === 'DrizzleQueryError' || 'query' in error;
	return {
		name: error.name,
		message: isQueryError ? 'query failed' : error.message,
		...('code' in error ? { code: error.code } : {}),
		stack: isQueryError ? undefined : error.stack,
		...(error.cause === undefined ? {} : { cause: errorLine(error.cause) }),
	};
}
