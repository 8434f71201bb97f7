import { isMeasured } from './consent.ts';

const BATCH_MS = 3_000;
const BEAT_MS = 15_000;
/** Without a sign of life for this long the page is open, but nobody reads it. */
const IDLE_MS = 60_000;

type Props = Readonly<Record<string, string | number>>;
const queue: object[] = [];
const subject = document.body.dataset['subject'] ?? '';
let timer = 0;
let beat: string | null = null;
let depth = 0;
let aliveAt = performance.now();

/** Records views, reading and clicks, if the visitor agreed; asked again at each of them, since the answer may come on this page. */
export function watch(): void {
	whenShown(view);
	document.addEventListener('click', click, true);
	document.addEventListener('auxclick', click, true);
	for (const type of ['scroll', 'pointermove', 'keydown', 'touchstart']) addEventListener(type, alive, { passive: true });
	setInterval(() => void pulse(), BEAT_MS);
	addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? leave() : void pulse()));
	addEventListener('pagehide', leave);
}

/** A page that the browser fetched ahead is seen when it is shown. */
function whenShown(then: () => void): void {
	if (document.visibilityState === 'visible') return then();
	document.addEventListener('visibilitychange', () => then(), { once: true });
}

function view(): void {
	const referrer = document.referrer && new URL(document.referrer).host;
	record('page.view', subject, { path: location.pathname.slice(0, 300), ...(referrer && referrer !== location.host ? { referrer } : {}) });
	const search = searched();
	if (search)
		record('search.query', search['topic'] ?? '', {
			results: Number(search['results']),
			locale: search['locale'] ?? '',
			queryHash: search['queryHash'] ?? '',
		});
	void pulse();
}

/** What this page shows results of; null where it shows none. */
function searched(): DOMStringMap | null {
	return document.querySelector<HTMLElement>('[data-query-hash]')?.dataset ?? null;
}

function click(event: MouseEvent): void {
	slotClick(event.target as Element);
	const link = (event.target as Element).closest<HTMLElement>('[data-event]');
	if (!link) return;
	const { event: type, subject: about = '', kind = '', position = '0' } = link.dataset;
	if (type === 'document') record('document.open', about, { kind });
	const queryHash = searched()?.['queryHash'];
	if (type === 'search') record('search.click', about, { position: Number(position), ...(queryHash ? { queryHash } : {}) });
	if (type === 'cta') record('cta.click', subject, { name: (link.textContent ?? '').trim().slice(0, 80) });
}

/** A piece that was followed from a slot, with its place there. */
function slotClick(target: Element): void {
	const item = target.closest('a') && target.closest<HTMLElement>('[data-item]');
	const slot = item?.closest<HTMLElement>('[data-slot]');
	if (!item || !slot || target.closest('.why')) return;
	const position = [...slot.querySelectorAll('[data-item]')].indexOf(item) + 1;
	record('slot.click', item.dataset['item'] ?? '', { slot: slot.dataset['slot'] ?? '', position });
}

function alive(): void {
	aliveAt = performance.now();
	const { scrollHeight } = document.documentElement;
	depth = Math.max(depth, Math.min(100, Math.round((100 * (scrollY + innerHeight)) / scrollHeight)));
}

/** Proves time spent: the hub signs each beat with its own clock. */
async function pulse(): Promise<void> {
	if (!subject || !isMeasured() || document.visibilityState !== 'visible' || performance.now() - aliveAt > IDLE_MS) return;
	try {
		const answer = await fetch('/api/v1/beats', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ token: beat, subject }),
		});
		if (answer.ok) beat = ((await answer.json()) as { token?: string }).token ?? null;
	} catch {
		// The next beat is another try.
	}
}

/** What was read goes out when the page is left; coming back begins a new run. */
function leave(): void {
	if (beat !== null) record('content.attention', subject, { beat, depth });
	beat = null;
	flush();
}

function record(type: string, about: string, props: Props): void {
	if (!isMeasured()) return;
	queue.push({ id: crypto.randomUUID(), type, at: new Date().toISOString(), ...(about ? { subject: about } : {}), props });
	timer ||= window.setTimeout(flush, BATCH_MS);
}

function flush(): void {
	clearTimeout(timer);
	timer = 0;
	if (queue.length > 0) navigator.sendBeacon('/api/v1/events', JSON.stringify({ events: queue.splice(0) }));
}
