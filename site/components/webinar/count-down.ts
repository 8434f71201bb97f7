import { serverClock } from './server-clock.ts';

/** Counts down to an instant on the hub's clock; loads the page again when it is reached, each browser a little later than the last. */
class CountDown extends HTMLElement {
	#timer: ReturnType<typeof setInterval> | undefined;

	connectedCallback(): void {
		const at = Number(this.dataset['at']);
		const now = serverClock(Number(this.dataset['server']));
		const show = (): void => {
			const left = Math.max(0, Math.ceil((at - now()) / 1_000));
			const parts: Record<string, number> = {
				days: Math.floor(left / 86_400),
				hours: Math.floor(left / 3_600) % 24,
				minutes: Math.floor(left / 60) % 60,
				seconds: left % 60,
			};
			for (const unit of this.querySelectorAll<HTMLElement>('[data-unit]')) {
				const name = unit.dataset['unit'] ?? '';
				unit.textContent = String(parts[name]).padStart(2, '0');
				if (name === 'days') unit.parentElement!.hidden = parts['days'] === 0;
			}
			if (left > 0) return;
			clearInterval(this.#timer);
			if ('reloads' in this.dataset) setTimeout(() => location.reload(), 500 + Math.random() * 4_000);
			else this.hidden = true;
		};
		show();
		this.hidden = now() >= at;
		this.#timer = setInterval(show, 500);
	}

	disconnectedCallback(): void {
		clearInterval(this.#timer);
	}
}

customElements.define('count-down', CountDown);
