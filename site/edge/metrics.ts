import { timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { ByteCache } from './byte-cache.ts';
import { type Exchange, sendAnswer, sendJson } from './exchange.ts';
import type { Live } from './live.ts';
import { COUNTERS, type CounterName, type EdgeParts, type Metrics } from './parts.ts';
import { refuse } from './refuse.ts';

/** Without these there is nothing to answer with. */
const ESSENTIAL = new Set(['database', 'cms']);

export function createMetrics(): Metrics {
	const values = Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, 0])) as Record<CounterName, number>;
	return Object.freeze<Metrics>({
		count: (name, by = 1) => {
			values[name] += by;
		},
		read: (name) => values[name],
	});
}

/** `/healthz`: the process answers. `/readyz`: how each part is; 503 when an essential part is down or the hub is stopping. */
export function createHealth({ app }: Pick<EdgeParts, 'app'>, isStopping: () => boolean) {
	return async (exchange: Exchange): Promise<void> => {
		if (exchange.path === '/healthz') {
			sendAnswer(exchange, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, 'ok\n');
			return;
		}
		const parts = await app.readiness();
		const isDown = Object.entries(parts).some(([name, { state }]) => state === 'down' && ESSENTIAL.has(name));
		const isDegraded = Object.values(parts).some(({ state }) => state !== 'ok');
		const state = isStopping() ? 'stopping' : isDown ? 'down' : isDegraded ? 'degraded' : 'ok';
		sendJson(exchange, isStopping() || isDown ? 503 : 200, { state, parts });
	};
}

/** `/metrics` in Prometheus text, for holders of METRICS_TOKEN; without that setting there is no such address. */
export function createMetricsPage({ app, metrics }: EdgeParts, cache: ByteCache, live: Live) {
	const wanted = app.config.server.metricsToken;
	const delay = monitorEventLoopDelay({ resolution: 20 });
	if (wanted !== null) delay.enable();

	return async (exchange: Exchange): Promise<void> => {
		if (wanted === null) return refuse(exchange, 'not-found');
		if (!isSame(exchange.req.headers.authorization ?? '', `Bearer ${wanted}`))
			return refuse(exchange, 'not-signed-in', { 'www-authenticate': 'Bearer' });
		const { entries, bytes, hits, misses } = cache.stats();
		const text = [
			...Object.entries(COUNTERS).map(([name, help]) => sample(`foyer_${name}_total`, 'counter', help, metrics.read(name as CounterName))),
			sample('foyer_page_cache_hits_total', 'counter', 'Pages sent from memory', hits),
			sample('foyer_page_cache_misses_total', 'counter', 'Pages that were not in memory', misses),
			sample('foyer_page_cache_entries', 'gauge', 'Pages in memory', entries),
			sample('foyer_page_cache_bytes', 'gauge', 'Bytes of pages in memory', bytes),
			sample('foyer_live_clients', 'gauge', 'Open event streams', live.clients()),
			sample('foyer_outbox_waiting', 'gauge', 'Outbox rows not yet delivered', await app.outbox.waiting()),
			sample('foyer_event_loop_delay_p99_seconds', 'gauge', 'Delay of the event loop, 99th percentile', delay.percentile(99) / 1e9),
			sample('process_resident_memory_bytes', 'gauge', 'Resident memory', process.memoryUsage.rss()),
			sample('process_uptime_seconds', 'gauge', 'Seconds since start', process.uptime()),
		];
		sendAnswer(exchange, 200, { 'content-type': 'text/plain; version=0.0.4', 'cache-control': 'no-store' }, text.join(''));
	};
}

function sample(name: string, type: 'counter' | 'gauge', help: string, value: number): string {
	return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}

function isSame(given: string, wanted: string): boolean {
	const a = Buffer.from(given);
	const b = Buffer.from(wanted);
	return a.length === b.length && timingSafeEqual(a, b);
}
