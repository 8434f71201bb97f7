import { leftText, type LeftWords } from '../components/console/left.ts';

/** The queue follows by itself: the stream says that it has changed, and the list is asked for again. Without script the page is reloaded by hand. */
class QueueLive extends HTMLElement {
	#source: EventSource | null = null;
	#timer = 0;

	connectedCallback(): void {
		this.#listen();
		this.#timer = window.setInterval(() => this.#tick(), 15_000);
	}

	disconnectedCallback(): void {
		this.#source?.close();
		window.clearInterval(this.#timer);
	}

	#listen(): void {
		this.#source = new EventSource('/console/queue/stream');
		this.#source.addEventListener('queue', () => void this.#follow());
		// Another tab took its place: coming back at once would push that one out.
		this.#source.addEventListener('elsewhere', () => this.#source?.close());
	}

	async #follow(): Promise<void> {
		const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
		if (!answer?.ok || answer.redirected) return;
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
		const fresh = page.querySelector(this.localName);
		if (!fresh) return;
		const focused = document.activeElement instanceof HTMLAnchorElement && this.contains(document.activeElement) ? document.activeElement.href : null;
		this.replaceChildren(...document.adoptNode(fresh).childNodes);
		if (focused !== null) [...this.querySelectorAll('a')].find(({ href }) => href === focused)?.focus();
		const badges = [...page.querySelectorAll('[data-queue-badge]')];
		for (const [at, badge] of [...document.querySelectorAll('[data-queue-badge]')].entries()) badge.replaceWith(badges[at] ?? badge);
		const status = document.querySelector('[data-queue-status]');
		if (status) status.textContent = this.dataset['changed'] ?? '';
	}

	/** Times that are left go on between changes. */
	#tick(): void {
		const words = JSON.parse(this.dataset['words'] ?? '{}') as LeftWords;
		for (const time of this.querySelectorAll<HTMLTimeElement>('[data-due]'))
			time.textContent = leftText(Date.parse(time.dateTime) - Date.now(), words);
	}
}

customElements.define('queue-live', QueueLive);
