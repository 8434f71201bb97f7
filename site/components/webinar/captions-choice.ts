const KEY = 'foyer.captions';

/** Whether this browser wants captions; chosen once, kept for every recording and room. False where nothing can be kept. */
export function wantsCaptions(): boolean {
	try {
		return localStorage.getItem(KEY) === 'on';
	} catch {
		return false;
	}
}

export function rememberCaptions(isWanted: boolean): void {
	try {
		localStorage.setItem(KEY, isWanted ? 'on' : 'off');
	} catch {
		// A browser that keeps nothing is asked again.
	}
}

/** Shows the captions of a recording as chosen before, and keeps what is chosen in the browser's own controls. */
export function keepCaptions(video: HTMLVideoElement): void {
	const [track] = video.textTracks;
	if (!track) return;
	track.mode = wantsCaptions() ? 'showing' : 'disabled';
	video.textTracks.addEventListener('change', () => rememberCaptions(track.mode === 'showing'));
}
