import { rememberCaptions, wantsCaptions } from './captions-choice.ts';
import type { PlayerData } from './player-data.ts';

/** Further from the hub's clock than this, the picture jumps to it. */
const DRIFT_SECONDS = 1;
/** Closer than this, nothing is done. */
const CLOSE_SECONDS = 0.25;

/**
 * The picture that everybody sees at the same moment: joins at the present second, cannot be wound, and comes back to the present
 * after a pause or a slow network. `bar` holds its buttons.
 */
export function sharedPicture(video: HTMLVideoElement, bar: HTMLElement, data: PlayerData, now: () => number): { follow(): void; end(): void } {
	const play = bar.querySelector<HTMLButtonElement>('[data-play]');
	const mute = bar.querySelector<HTMLButtonElement>('[data-mute]');
	video.controls = false;
	video.disableRemotePlayback = true;
	const position = (): number => (now() - data.startsAt) / 1_000;
	const isOver = (): boolean => Number.isFinite(video.duration) && position() >= video.duration;

	const align = (): void => {
		if (video.readyState < 1 || video.seeking || isOver()) return;
		const behind = position() - video.currentTime;
		if (Math.abs(behind) > DRIFT_SECONDS) video.currentTime = Math.max(0, position());
		// A little off is made good by playing a little faster or slower, which nobody hears.
		video.playbackRate = Math.abs(behind) < CLOSE_SECONDS || Math.abs(behind) > DRIFT_SECONDS ? 1 : behind > 0 ? 1.04 : 0.96;
	};
	const showSound = (): void => {
		if (mute) mute.textContent = (video.muted ? mute.dataset['on'] : mute.dataset['off']) ?? '';
	};
	/** With sound if the browser lets us, else without; a press brings it. */
	const start = async (): Promise<void> => {
		align();
		try {
			await video.play();
		} catch {
			video.muted = true;
			await video.play().catch(() => undefined);
		}
		if (play) play.hidden = !video.paused;
		showSound();
	};

	play?.addEventListener('click', () => {
		video.muted = false;
		void start();
	});
	mute?.addEventListener('click', () => {
		video.muted = !video.muted;
		showSound();
	});
	bar.querySelector('[data-fullscreen]')?.addEventListener('click', () => void video.requestFullscreen?.().catch(() => undefined));
	const captions = bar.querySelector<HTMLButtonElement>('[data-captions]');
	const showCaptions = (isShown: boolean): void => {
		const track = video.textTracks[0];
		if (track) track.mode = isShown ? 'showing' : 'hidden';
		captions?.setAttribute('aria-pressed', String(isShown));
	};
	showCaptions(wantsCaptions());
	captions?.addEventListener('click', () => {
		const isShown = captions.getAttribute('aria-pressed') !== 'true';
		showCaptions(isShown);
		rememberCaptions(isShown);
	});
	video.addEventListener('loadedmetadata', () => void start());
	video.addEventListener('play', align);
	// Keys of the browser's own player pause: the present goes on.
	video.addEventListener('pause', () => {
		if (play && !isOver()) play.hidden = false;
	});
	if (video.readyState >= 1) void start();

	return {
		follow: () => {
			bar.hidden = false;
			if (video.hidden || !video.src) {
				video.hidden = false;
				video.preload = 'auto';
				video.src = data.video;
			}
			if (video.error) video.load();
			if (!video.paused) align();
		},
		end: () => {
			video.pause();
			bar.hidden = true;
		},
	};
}
