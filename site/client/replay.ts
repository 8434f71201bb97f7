import { PLAYER_GO, PLAYER_SECOND, type PlayerGo, type PlayerSecond } from '../components/webinar/player-data.ts';

/** A replay in the browser: what was said appears at its second, and a press on a time goes there. Without it everything stands below the recording. */
class WebinarReplay extends HTMLElement {
	connectedCallback(): void {
		const player = this.querySelector('webinar-player');
		if (!player?.querySelector('video')) return;
		this.dataset['ready'] = '';
		const lines = [...this.querySelectorAll<HTMLElement>('[data-log] [data-second]')].map((line) => ({
			line,
			second: Number(line.dataset['second']),
		}));
		const log = this.querySelector<HTMLElement>('[data-log]');
		let latest: HTMLElement | null = null;
		const showUntil = (seconds: number): void => {
			let newest: HTMLElement | null = null;
			for (const { line, second } of lines) {
				line.hidden = second > seconds;
				if (!line.hidden) newest = line;
			}
			if (newest !== latest && log && !log.matches(':hover, :focus-within')) log.scrollTop = log.scrollHeight;
			latest = newest;
		};

		player.addEventListener(PLAYER_SECOND, (event) => showUntil((event as CustomEvent<PlayerSecond>).detail.seconds));
		this.addEventListener('click', (event) => {
			const second = (event.target as HTMLElement).closest<HTMLElement>('[data-go]')?.dataset['go'];
			if (second === undefined) return;
			const detail: PlayerGo = { seconds: Number(second) };
			player.dispatchEvent(new CustomEvent(PLAYER_GO, { detail }));
			player.scrollIntoView({ block: 'nearest' });
		});
		for (const form of this.querySelectorAll<HTMLFormElement>('[data-answer]')) this.answerInPlace(form);
	}

	/** Sends an answer without leaving the recording, and shows the part of the answered page that has changed. */
	private answerInPlace(form: HTMLFormElement): void {
		const poll = form.closest<HTMLElement>('.replay-poll');
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			void fetch(location.href, { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) })
				.then(async (answer) => {
					const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
					const fresh = poll && page.getElementById(poll.id);
					if (!answer.ok || !poll || !fresh) return form.submit();
					poll.replaceWith(fresh);
					fresh.querySelector<HTMLElement>('.jump')?.focus();
				})
				.catch(() => form.submit());
		});
	}
}

customElements.define('webinar-replay', WebinarReplay);
