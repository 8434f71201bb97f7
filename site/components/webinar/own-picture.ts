import type { PlayerData } from './player-data.ts';
import { noteServerTime } from './server-clock.ts';

const BEAT_MS = 5_000;

interface Answer {
	readonly token: string;
	readonly serverTime: string;
}

/**
 * A recording at the viewer's own pace. While it plays, says every few seconds which seconds of it were played since it last said so; a jump
 * begins another stretch.
 */
export function ownPicture(video: HTMLVideoElement, { beats }: PlayerData): void {
	if (beats === '') return;
	let token: string | null = null;
	let from = 0;
	let isAsking = false;

	const beat = async (played: { readonly fromSeconds: number; readonly toSeconds: number } | null): Promise<void> => {
		if (isAsking) return;
		isAsking = true;
		const [start, to] = [from, video.currentTime];
		const sentAt = Date.now();
		try {
			const body = JSON.stringify({ token, played });
			const answer = await fetch(beats, { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true });
			if (answer.ok) {
				const next = (await answer.json()) as Answer;
				({ token } = next);
				if (played && from === start) from = to;
				noteServerTime(new Date(next.serverTime).getTime(), sentAt, Date.now());
			} else if (answer.status === 403) {
				// The time is over, also for a page that was left open.
				video.pause();
				location.reload();
			}
		} catch {
			// The next beat says the same and more.
		}
		isAsking = false;
	};
	const tell = (): void => void beat(token === null ? null : { fromSeconds: from, toSeconds: Math.max(from, video.currentTime) });

	video.addEventListener('play', () => {
		from = video.currentTime;
		tell();
	});
	// What was played before a jump or a pause is told first; what follows starts where it lands.
	video.addEventListener('seeked', () => {
		from = video.currentTime;
	});
	video.addEventListener('pause', tell);
	addEventListener('pagehide', tell);
	setInterval(() => {
		if (!video.paused && !video.seeking && video.readyState > 2) tell();
	}, BEAT_MS);
}
