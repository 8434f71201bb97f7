import type { Config } from '#config';

/** Header names and values in turn, as `writeHead` takes them without further work. */
export type FlatHeaders = readonly string[];

/** Constant headers that an answer may say otherwise. Every policy has them. */
export const POLICY_NAMES: ReadonlySet<string> = new Set(['content-security-policy', 'referrer-policy', 'cross-origin-resource-policy']);

const PREVIEW = /^(?:\/zh-CN)?\/preview\//;
const REPLAY = /^(?:\/zh-CN)?\/webinars\/[^/]+\/replay$/;
const ROOM = /^(?:\/zh-CN)?\/(?:webinars\/[^/]+\/room|speak)$|^\/console\/webinars\/[^/]+\/(?:studio|green-room)$/;
const YEAR_SECONDS = 31_536_000;

/**
 * The headers that every answer carries, by path: one constant content security policy, with the studio's server added where
 * rooms are shown; previews may stand in the editor's frame, run no script and send nothing. In development Vite may put its styles and
 * scripts into pages and speak to them.
 */
export function createPolicies(config: Pick<Config, 'environment' | 'server' | 'cms' | 'rooms'>): (path: string) => FlatHeaders {
	const constant = [
		...['x-content-type-options', 'nosniff'],
		...['cross-origin-opener-policy', 'same-origin'],
		...['cross-origin-resource-policy', 'same-origin'],
		...['permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=(self), payment=(), usb=()'],
		...(config.server.publicUrl.startsWith('https:') ? ['strict-transport-security', `max-age=${YEAR_SECONDS}`] : []),
	];
	const headers = (policy: string, referrer: string): FlatHeaders => ['content-security-policy', policy, 'referrer-policy', referrer, ...constant];

	const isDevelopment = config.environment === 'development';
	const page = headers(contentPolicy({ isDevelopment }), 'strict-origin-when-cross-origin');
	const overflow = config.rooms.kind === 'livekit' && config.rooms.hlsUrl !== null ? [new URL(config.rooms.hlsUrl).origin] : [];
	const room =
		config.rooms.kind === 'livekit'
			? headers(
					contentPolicy({ isDevelopment, connect: [studioOrigins(config.rooms.url), ...overflow].join(' '), media: overflow }),
					'strict-origin-when-cross-origin',
				)
			: page;
	const preview = headers(
		contentPolicy({ isDevelopment, ancestors: `'self' ${new URL(config.cms.publicUrl).origin}`, isInert: true }),
		'no-referrer',
	);
	const replay = headers(contentPolicy({ isDevelopment, hasStreams: true }), 'strict-origin-when-cross-origin');
	return (path) => {
		if (PREVIEW.test(path)) return preview;
		if (REPLAY.test(path)) return replay;
		return room !== page && ROOM.test(path) ? room : page;
	};
}

interface PolicyParts {
	readonly isDevelopment: boolean;
	readonly connect?: string;
	/** Where films come from that the browser plays without a script, as Safari does HLS. */
	readonly media?: readonly string[];
	readonly ancestors?: string;
	/** Plays recordings in pieces that a script puts together. */
	readonly hasStreams?: boolean;
	/** Runs no script and sends no form. */
	readonly isInert?: boolean;
}

function contentPolicy({ isDevelopment, connect, media = [], ancestors = "'none'", hasStreams = false, isInert = false }: PolicyParts): string {
	const connectable = [...(isDevelopment ? ['ws:'] : []), ...(connect ? [connect] : [])];
	return [
		"default-src 'self'",
		...(isInert && !isDevelopment ? ["script-src 'none'"] : []),
		...(isDevelopment ? ["script-src 'self' 'unsafe-inline'", "style-src 'self' 'unsafe-inline'", "worker-src 'self' blob:"] : []),
		"img-src 'self' data:",
		...(connectable.length > 0 ? [`connect-src 'self' ${connectable.join(' ')}`] : []),
		...(connect || hasStreams ? [["media-src 'self' blob:", ...media].join(' ')] : []),
		"object-src 'none'",
		"base-uri 'none'",
		`form-action ${isInert ? "'none'" : "'self'"}`,
		`frame-ancestors ${ancestors}`,
	].join('; ');
}

/** A studio is asked over WebSocket, and over HTTP for validation. */
function studioOrigins(url: string): string {
	const { protocol, host } = new URL(url);
	return protocol === 'wss:' ? `wss://${host} https://${host}` : `ws://${host} http://${host}`;
}
