const SIGNS = ['pointermove', 'pointerdown', 'scroll', 'keydown', 'touchstart'] as const;

/**
 * Tells the hub that somebody landed here, once they did something: scanners and previews load pages, too. It carries the tags of the address and
 * where the visit came from; whether more than a number is kept is for the hub to decide, by consent.
 */
export function noteArrival(): void {
	const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	const isInside = document.referrer !== '' && new URL(document.referrer).host === location.host;
	if (entry?.type !== 'navigate' || (isInside && !/[?&]utm_/.test(location.search)) || navigator.webdriver) return;
	const once = new AbortController();
	const tell = (event: Event): void => {
		if (!event.isTrusted) return;
		once.abort();
		void fetch('/api/v1/visits', {
			method: 'POST',
			keepalive: true,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				query: location.search.slice(0, 2_000),
				referrer: isInside ? null : document.referrer.slice(0, 2_000) || null,
				subject: document.body.dataset['subject'] ?? '',
			}),
		}).catch(() => undefined);
	};
	for (const sign of SIGNS) addEventListener(sign, tell, { passive: true, signal: once.signal });
}
