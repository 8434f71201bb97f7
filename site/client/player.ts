import { keepCaptions } from '../components/webinar/captions-choice.ts';
import { ownPicture } from '../components/webinar/own-picture.ts';
import { PLAYER_GO, PLAYER_SECOND, type PlayerData, type PlayerGo, type PlayerSecond } from '../components/webinar/player-data.ts';
import { serverClock } from '../components/webinar/server-clock.ts';
import { sharedPicture } from '../components/webinar/shared-picture.ts';
import { playStream } from '../components/webinar/streamed.ts';

const FOLLOW_MS = 500;

/** A recording in the browser. Tells its page the second that it shows. */
class WebinarPlayer extends HTMLElement {
	#timer: ReturnType<typeof setInterval> | undefined;

	connectedCallback(): void {
		const video = this.querySelector('video');
		const text = this.querySelector('[data-player]')?.textContent;
		if (!video || !text) return;
		const data = JSON.parse(text) as PlayerData;
		video.addEventListener('timeupdate', () => {
			const detail: PlayerSecond = { seconds: video.currentTime };
			this.dispatchEvent(new CustomEvent(PLAYER_SECOND, { detail, bubbles: true }));
		});
		this.addEventListener(PLAYER_GO, (event) => {
			video.currentTime = (event as CustomEvent<PlayerGo>).detail.seconds;
			void video.play().catch(() => undefined);
		});
		if (data.pace === 'shared') return this.share(video, data);
		if (data.hls !== '') void playStream(video, data.hls, data.video);
		ownPicture(video, data);
		keepCaptions(video);
	}

	disconnectedCallback(): void {
		clearInterval(this.#timer);
	}

	private share(video: HTMLVideoElement, data: PlayerData): void {
		const bar = this.querySelector<HTMLElement>('[data-bar]');
		if (!bar) return;
		const now = serverClock(data.serverTime);
		const picture = sharedPicture(video, bar, data, now);
		const follow = (): void => {
			const at = now();
			if (at < data.startsAt) return;
			if (at < data.endsAt) return picture.follow();
			clearInterval(this.#timer);
			picture.end();
		};
		this.#timer = setInterval(follow, FOLLOW_MS);
		follow();
	}
}

customElements.define('webinar-player', WebinarPlayer);
