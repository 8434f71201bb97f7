/** Reads a QR code with the camera where the browser can (most phones): puts it into the form's field and asks what it is worth. */
interface Detector {
	detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorMaker = new (options: { readonly formats: readonly string[] }) => Detector;

const EVERY_MS = 200;

class CodeScanner extends HTMLElement {
	connectedCallback(): void {
		const button = this.querySelector('button');
		const Maker = (window as unknown as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
		const form = this.closest('form');
		const field = form?.querySelector<HTMLInputElement>('input[name=code]');
		if (!button || !Maker || !form || !field || !('mediaDevices' in navigator)) return;
		button.hidden = false;
		button.addEventListener('click', () => void this.scan(new Maker({ formats: ['qr_code'] }), form, field));
	}

	private async scan(detector: Detector, form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
		const video = document.createElement('video');
		try {
			const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
			video.srcObject = stream;
			video.playsInline = true;
			video.className = 'redeem-video';
			form.prepend(video);
			await video.play();
			const code = await this.read(detector, video);
			for (const track of stream.getTracks()) track.stop();
			video.remove();
			field.value = code;
			form.requestSubmit();
		} catch {
			video.remove();
			const status = this.querySelector('[role=status]');
			if (status) status.textContent = this.dataset['failed'] ?? '';
		}
	}

	private read(detector: Detector, video: HTMLVideoElement): Promise<string> {
		return new Promise((found) => {
			const look = async (): Promise<void> => {
				const [code] = await detector.detect(video).catch(() => []);
				if (code) found(code.rawValue);
				else setTimeout(() => void look(), EVERY_MS);
			};
			void look();
		});
	}
}

customElements.define('code-scanner', CodeScanner);
