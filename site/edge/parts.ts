import type { Cms, Press } from '#cms';
import type { Config } from '#config';
import type { Gating, Visitor } from '#gating';
import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';
import type { Replay, SiteBanners } from '#webinar';

import type { PageHandler } from './collect.ts';
import type { Limits } from './limit.ts';
import type { Network } from './network.ts';
import type { Chooser } from './splice/choose.ts';
import type { RoomStream } from './live.ts';
import type { StudioLines } from './studio-stream.ts';

/** How each part of the hub is, by name. */
export type Readiness = Readonly<Record<string, { readonly state: 'ok' | 'degraded' | 'down'; readonly reason: string }>>;

/** What the edge needs of the app, and nothing more, so that tests can hand in small parts. */
export interface EdgeApp {
	readonly config: Pick<Config, 'environment' | 'server' | 'cms' | 'rooms' | 'dataFolder'>;
	readonly log: Log;
	readonly now: Now;
	readonly cms: Pick<Cms, 'snapshot' | 'onChange' | 'asset' | 'previewedFile'>;
	readonly gating: {
		readonly visitors: Pick<Gating['visitors'], 'identify' | 'holds'>;
		readonly access: Pick<Gating['access'], 'openDownload'>;
		readonly events: Pick<Gating['events'], 'ingest' | 'isBot'>;
		readonly experiments: Pick<Gating['experiments'], 'onDecided'>;
		readonly tokens: Pick<Gating['tokens'], 'holder'>;
		readonly staff: Pick<Gating['staff'], 'session' | 'can'>;
		readonly routing: Pick<Gating['routing'], 'revision' | 'waiting'>;
	};
	readonly webinars: {
		readonly stream: RoomStream;
		readonly studio: { readonly stream: StudioLines };
		onSchedule(listener: () => void): () => void;
		readonly promotion: { readonly banners: Pick<SiteBanners, 'onChange' | 'refresh'> };
		/** Whether this visitor may be in the room of the webinar's present occurrence. */
		admit(slug: string, visitor: Visitor): Promise<Admission>;
		readonly replay: Pick<Replay, 'recording'>;
	};
	readonly press: Pick<Press, 'stamped' | 'openBrochure' | 'sharePicture'>;
	readonly outbox: { waiting(): Promise<number> };
	readiness(): Promise<Readiness>;
}

export type Admission =
	| {
			readonly status: 'admitted';
			readonly occurrenceId: string;
			/** Whose seat it is. */
			readonly registration: { readonly id: string };
			/** File id of the recording. */
			readonly videoId: string | null;
	  }
	/** There is such a room, but not for this visitor or not now. */
	| { readonly status: 'refused' }
	| { readonly status: 'unknown' };

export interface EdgeDeps {
	readonly app: EdgeApp;
	/** The built pages. */
	readonly pages: PageHandler;
	/** Answers `/api/v1`, but for what the edge answers itself. */
	readonly api: (request: Request, env: ApiEnv) => Response | Promise<Response>;
	/** Folders with static files; the first that has a path wins. */
	readonly staticFolders: readonly string[];
	/** Made by the edge when absent. */
	readonly limits?: Limits;
	/** What decides what stands in the holes of pages; later ones win. */
	readonly choosers?: readonly Chooser[];
}

/** What the API is told about a request beside the request itself. */
export interface ApiEnv {
	readonly requestId: string;
	/** Network prefix of the client. */
	readonly network: string;
	/** What limits count by. */
	readonly limitKey: string;
	readonly locale: 'en' | 'zh-CN';
	readonly isSecure: boolean;
}

/** The edge's own parts, made once. */
export interface EdgeParts extends EdgeDeps {
	readonly network: Network;
	readonly limits: Limits;
	readonly metrics: Metrics;
	/** Part of the marks of holes; known to this process alone. */
	readonly marksSecret: string;
}

export interface Metrics {
	/** Raises a counter. */
	count(name: CounterName, by?: number): void;
	read(name: CounterName): number;
}

export const COUNTERS = {
	requests: 'Requests taken',
	failed: 'Requests that ended in an unknown error',
	pages_rendered: 'Pages rendered',
	downloads: 'Downloads begun',
	events_accepted: 'Event rows stored',
	events_duplicate: 'Events that were known',
	events_rejected: 'Events rejected',
} as const;
export type CounterName = keyof typeof COUNTERS;
