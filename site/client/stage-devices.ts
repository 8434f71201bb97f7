/** A device check: camera in a preview, level of the microphone, a tone from the loudspeaker. Asks for devices only when started. */
export interface DeviceCheck {
	/** Chosen devices; '' for the browser's own choice. */
	chosen(): { readonly camera: string; readonly microphone: string };
	stop(): void;
}

/** Words it shows where something is wrong. */
export interface DeviceWords {
	readonly denied: string;
	readonly missing: string;
	readonly none: string;
	readonly ok: string;
}

/** Wires the parts of `root` (see DeviceCheck.astro) and starts with the browser's question for permission. */
export function checkDevices(root: HTMLElement, words: DeviceWords): DeviceCheck {
	const part = <E extends HTMLElement>(name: string): E => root.querySelector<E>(`[data-${name}]`)!;
	const video = part<HTMLVideoElement>('preview');
	const meter = part<HTMLMeterElement>('level');
	const state = part('device-state');
	const cameras = part<HTMLSelectElement>('cameras');
	const microphones = part<HTMLSelectElement>('microphones');
	let stream: MediaStream | null = null;
	let sound: AudioContext | null = null;
	let frame = 0;

	const stop = (): void => {
		cancelAnimationFrame(frame);
		for (const track of stream?.getTracks() ?? []) track.stop();
		void sound?.close().catch(() => undefined);
		stream = null;
		sound = null;
		video.srcObject = null;
		meter.value = 0;
	};
	const fill = (select: HTMLSelectElement, devices: readonly MediaDeviceInfo[]): void => {
		const kept = select.value;
		select.replaceChildren(...devices.map(({ deviceId, label }, at) => new Option(label || String(at + 1), deviceId)));
		if (devices.length === 0) select.append(new Option(words.none, ''));
		if (kept !== '') select.value = kept;
	};
	const measure = (from: MediaStream): void => {
		sound = new AudioContext();
		const analyser = sound.createAnalyser();
		analyser.fftSize = 512;
		sound.createMediaStreamSource(from).connect(analyser);
		const samples = new Float32Array(analyser.fftSize);
		const step = (): void => {
			analyser.getFloatTimeDomainData(samples);
			meter.value = Math.min(100, Math.round(300 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)));
			frame = requestAnimationFrame(step);
		};
		step();
	};
	const start = async (): Promise<void> => {
		stop();
		const device = (select: HTMLSelectElement) => (select.value === '' ? true : { deviceId: { ideal: select.value } });
		try {
			stream = await navigator.mediaDevices.getUserMedia({ video: device(cameras), audio: device(microphones) });
		} catch (error) {
			state.textContent = error instanceof DOMException && error.name === 'NotAllowedError' ? words.denied : words.missing;
			return;
		}
		video.srcObject = stream;
		await video.play().catch(() => undefined);
		measure(stream);
		const devices = await navigator.mediaDevices.enumerateDevices();
		fill(
			cameras,
			devices.filter(({ kind }) => kind === 'videoinput'),
		);
		fill(
			microphones,
			devices.filter(({ kind }) => kind === 'audioinput'),
		);
		state.textContent = words.ok;
		root.dataset['checked'] = '';
	};

	for (const select of [cameras, microphones]) select.addEventListener('change', () => void start());
	root.querySelector('[data-tone]')?.addEventListener('click', () => playTone());
	void start();
	return { chosen: () => ({ camera: cameras.value, microphone: microphones.value }), stop };
}

/** Two notes, quiet at first and at last. */
function playTone(): void {
	const context = new AudioContext();
	for (const [at, hertz] of [440, 660].entries()) {
		const note = context.createOscillator();
		const loudness = context.createGain();
		const from = context.currentTime + at * 0.4;
		note.frequency.value = hertz;
		loudness.gain.setValueAtTime(0, from);
		loudness.gain.linearRampToValueAtTime(0.2, from + 0.05);
		loudness.gain.linearRampToValueAtTime(0, from + 0.35);
		note.connect(loudness).connect(context.destination);
		note.start(from);
		note.stop(from + 0.4);
	}
	setTimeout(() => void context.close(), 1_200);
}
