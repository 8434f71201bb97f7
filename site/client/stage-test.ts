import { askGrant } from './stage-grant.ts';
import { checkDevices, type DeviceWords } from './stage-devices.ts';

/** The check of devices and network in the green room. */
class DeviceTest extends HTMLElement {
	connectedCallback(): void {
		const words = JSON.parse(this.dataset['words'] ?? '{}') as DeviceWords;
		const parts = this.querySelector<HTMLElement>('[data-check-parts]');
		this.querySelector('[data-check]')?.addEventListener(
			'click',
			() => {
				if (!parts) return;
				parts.hidden = false;
				const check = checkDevices(parts, words);
				addEventListener('pagehide', check.stop, { once: true });
			},
			{ once: true },
		);
		this.querySelector('[data-network]')?.addEventListener('click', () => void this.#network());
	}

	async #network(): Promise<void> {
		const steps = this.querySelector<HTMLElement>('[data-steps]');
		const result = this.querySelector<HTMLElement>('[data-network-result]');
		const address = this.dataset['address'];
		if (!steps || !result || address === undefined) return;
		steps.hidden = false;
		result.textContent = steps.dataset['running'] ?? '';
		const show = (step: string, isOk: boolean): void => {
			const cell = steps.querySelector(`[data-step="${step}"]`);
			if (cell) cell.textContent = (isOk ? steps.dataset['ok'] : steps.dataset['failed']) ?? '';
		};
		const grant = await askGrant(address);
		let isGood = false;
		if (grant.status === 'granted') {
			const { ConnectionCheck } = await import('livekit-client');
			const check = new ConnectionCheck(grant.url, grant.token);
			const signal = await check.checkWebsocket();
			show('signal', signal.status === 3);
			const media = await check.checkWebRTC();
			show('media', media.status === 3);
			isGood = signal.status === 3 && media.status === 3;
		} else for (const step of ['signal', 'media']) show(step, false);
		result.textContent = (isGood ? result.dataset['good'] : result.dataset['bad']) ?? '';
	}
}

customElements.define('device-test', DeviceTest);
