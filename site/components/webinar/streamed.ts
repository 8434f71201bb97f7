/**
 * Plays an HLS playlist: by the browser itself where it can, else by a script that is loaded only then. When the stream fails for good, the file is
 * played instead.
 */
export async function playStream(video: HTMLVideoElement, playlist: string, file: string): Promise<void> {
	const fallBack = (): void => {
		if (video.src !== new URL(file, location.href).href) video.src = file;
	};
	if (video.canPlayType('application/vnd.apple.mpegurl') !== '') {
		video.src = playlist;
		video.addEventListener('error', fallBack, { once: true });
		return;
	}
	const { default: Hls } = await import('hls.js');
	if (!Hls.isSupported()) return fallBack();
	const hls = new Hls({ enableWorker: false });
	hls.on(Hls.Events.ERROR, (_event, { fatal }) => {
		if (!fatal) return;
		hls.destroy();
		fallBack();
	});
	hls.loadSource(playlist);
	hls.attachMedia(video);
}
