import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AssetRequest, ContentChange } from '#cms';
import type { Asset, Snapshot } from '#cms/content.ts';
import { STRANGER, type Visitor } from '#gating';
import { silentLog } from '#kernel/log.ts';
import type { PageHandler } from '#site/edge/collect.ts';
import type { RoomMessage } from '#site/edge/live.ts';
import type { EdgeApp, EdgeDeps } from '#site/edge/parts.ts';
import { createHubServer, type HubServer } from '#site/edge/server.ts';

import { originalAsset } from './edge-asset.ts';

export interface Asked {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	readonly text: string;
}

export interface Ask {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Buffer;
}

/** Small parts instead of an app, and what happened to them. */
export interface TestHub {
	readonly hub: HubServer;
	readonly port: number;
	readonly folder: string;
	ask(path: string, ask?: Ask): Promise<Asked>;
	/** Tells the cache that content with these tags changed. */
	publish(...tags: string[]): void;
	/** Commits a message of the room `occurrence-1` and announces it. */
	say(kind: string, options?: { readonly isAnnounced?: boolean }): RoomMessage;
	announce(message: RoomMessage): void;
	readonly messages: RoomMessage[];
	/** Tokens of downloads that were written down. */
	readonly opened: string[];
	readonly assetRequests: { readonly id: string; readonly request: AssetRequest | undefined }[];
	readonly errors: unknown[];
	/** Epoch milliseconds of the hub's clock. */
	nowMs: number;
	close(): Promise<void>;
}

export interface TestHubOptions {
	readonly pages?: PageHandler;
	readonly api?: EdgeDeps['api'];
	readonly server?: Partial<EdgeApp['config']['server']>;
	readonly rooms?: EdgeApp['config']['rooms'];
	readonly snapshot?: Partial<Snapshot>;
	readonly visitor?: Visitor;
	readonly staticFolders?: readonly string[];
	readonly ingest?: EdgeApp['gating']['events']['ingest'];
	readonly asset?: EdgeApp['cms']['asset'];
	readonly press?: Partial<EdgeApp['press']>;
	readonly since?: (seq: number) => Promise<void>;
	readonly choosers?: EdgeDeps['choosers'];
	/** The number of the console's queue. */
	readonly queue?: () => number;
}

const PAPER: Asset = {
	...{ id: 'paper-1', filename: 'paper.pdf', mediaType: 'application/pdf', sizeBytes: 1_000, width: null, height: null },
	...{ version: 'v1', isPublic: false, description: '' },
};
export const emptySnapshot = {
	nextDueAt: null,
	whitePapers: [],
	cases: [],
	articles: [],
	products: [],
	webinars: [],
	pages: [],
	categories: [],
	speakers: [],
	terms: [],
	offers: [],
	banners: [],
	site: { logo: null },
};

/** A listening edge over hand-made parts. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-edge-'));
	const listeners = new Set<(change: ContentChange) => void>();
	const roomListeners = new Set<(message: RoomMessage) => void>();
	const messages: RoomMessage[] = [];
	const opened: string[] = [];
	let registrants = 0;
	const assetRequests: { id: string; request: AssetRequest | undefined }[] = [];
	const errors: unknown[] = [];
	const snapshot = { ...emptySnapshot, ...options.snapshot } as unknown as Snapshot;
	const state = { nowMs: Date.UTC(2026, 2, 1) };

	const app: EdgeApp = {
		config: {
			environment: 'test',
			server: {
				host: '127.0.0.1',
				port: 0,
				publicUrl: 'http://hub.test',
				trustedProxies: [],
				byteCacheBytes: 1_048_576,
				metricsToken: null,
				apiToken: null,
				...options.server,
			},
			cms: { directus: 'external', url: 'http://127.0.0.1:1', publicUrl: 'http://cms.test', token: 'x' },
			rooms: options.rooms ?? { kind: 'none' },
			dataFolder: folder,
		},
		log: { ...silentLog, error: (details) => void errors.push(details) },
		now: () => new Date(state.nowMs),
		cms: {
			snapshot: () => snapshot,
			onChange: (listener) => {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
			previewedFile: () => null,
			asset: (id, request) => {
				assetRequests.push({ id, request });
				return (options.asset ?? originalAsset)(id, request);
			},
		},
		gating: {
			visitors: {
				holds: (asked) => asked === options.visitor,
				identify: (cookies) =>
					Promise.resolve(
						cookies.pass === 'good' ? { ...STRANGER, isVerified: true, personId: 'person-1', ask: cookies.ask } : (options.visitor ?? STRANGER),
					),
			},
			access: {
				openDownload: (token) =>
					Promise.resolve(
						token === 'good'
							? {
									status: 'open',
									asset: PAPER,
									filename: 'Umrichter – 变频器 "A".pdf',
									personId: 'person-1',
									grantId: 'grant-1',
									locale: 'en',
									itemId: 'item-1',
									note: () => Promise.resolve(void opened.push(token)),
								}
							: { status: token === 'old' ? 'expired' : 'refused' },
					),
			},
			experiments: { onDecided: () => () => undefined },
			tokens: { holder: () => null },
			routing: {
				revision: () => Promise.resolve(options.queue?.() ?? 0),
				waiting: () => Promise.resolve({ mine: 1, unassigned: 2, overdue: 0, revision: 0 }),
			},
			staff: {
				session: (cookie) => Promise.resolve(cookie === 'marketer' ? { id: 's', name: 'Mia', role: 'marketer' } : null),
				can: (_role, action) => action === 'leads.import' || action === 'leads.work',
			},
			events: {
				isBot: (agent) => agent === 'bot',
				ingest: options.ingest ?? (({ events }) => Promise.resolve({ accepted: (events as unknown[]).length, duplicate: 0, rejected: [] })),
			},
		},
		webinars: {
			onSchedule: () => () => undefined,
			promotion: { banners: { onChange: () => () => undefined, refresh: () => Promise.resolve() } },
			replay: { recording: async () => 'unknown' },
			admit: (slug, visitor) =>
				Promise.resolve(
					slug !== 'sizing'
						? { status: 'unknown' }
						: visitor.isVerified
							? {
									status: 'admitted',
									occurrenceId: 'occurrence-1',
									registration: { id: visitor.ask ?? `registration-${(registrants += 1)}` },
									videoId: 'video-1',
								}
							: { status: 'refused' },
				),
			studio: { stream: { subscribe: () => () => undefined } },
			stream: {
				since: async (_occurrence, seq) => {
					const found = messages.filter((message) => message.seq > seq);
					await options.since?.(seq);
					return found;
				},
				subscribe: (_occurrence, listener) => {
					roomListeners.add(listener);
					return () => roomListeners.delete(listener);
				},
			},
		},
		press: {
			stamped: () => Promise.resolve({ status: 'plain' }),
			openBrochure: () => Promise.resolve(null),
			sharePicture: () => Promise.resolve(null),
			...options.press,
		},
		outbox: { waiting: () => Promise.resolve(3) },
		readiness: () => Promise.resolve({ database: { state: 'ok', reason: '' }, search: { state: 'down', reason: 'the index is being built' } }),
	};

	const hub = createHubServer({
		app,
		pages: options.pages ?? ((_req, _res, next) => next()),
		api: options.api ?? (() => Response.json({ ok: true })),
		staticFolders: options.staticFolders ?? [],
		choosers: options.choosers ?? [],
	});
	await new Promise<void>((resolve) => hub.server.listen(0, '127.0.0.1', resolve));
	const { port } = hub.server.address() as AddressInfo;
	const announce = (message: RoomMessage): void => roomListeners.forEach((listener) => listener(message));

	return Object.assign(state, {
		hub, port, folder, messages, opened, assetRequests, errors, announce,
		ask: (path: string, ask: Ask = {}) => askHttp(port, path, ask),
		publish: (...tags: string[]) => listeners.forEach((listener) => listener({ revision: 2, tags, snapshot })),
		say: (kind: string, { isAnnounced = true } = {}) => {
			const message = { seq: messages.length + 1, kind };
			messages.push(message);
			if (isAnnounced) announce(message);
			return message;
		},
		close: async () => {
			await hub.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	}); // prettier-ignore
}

/** One request on a connection of its own, for the host `hub.test` unless a header says another. */
export function askHttp(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Asked> {
	return new Promise((resolve, reject) => {
		const sent = request({ port, host: '127.0.0.1', path, method, agent: false, headers: { host: 'hub.test', ...headers } }, (res) => {
			const chunks: Buffer[] = [];
			res.on('data', (chunk: Buffer) => chunks.push(chunk));
			res.on('error', reject);
			res.on('end', () => {
				const whole = Buffer.concat(chunks);
				resolve({ status: res.statusCode ?? 0, headers: res.headers, body: whole, text: whole.toString('utf8') });
			});
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/** A page handler over plain functions of the path, as the built site would answer. */
export function pagesOf(page: (url: string, locals: Readonly<Record<string, unknown>>) => Promise<PageAnswer> | PageAnswer): PageHandler {
	return async (req, res, _next, locals) => {
		const { status = 200, headers = {}, body = '' } = await page(req.url ?? '', locals as Readonly<Record<string, unknown>>);
		res.writeHead(status, { 'content-type': 'text/html', ...headers });
		res.end(body);
	};
}

export interface PageAnswer {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}
