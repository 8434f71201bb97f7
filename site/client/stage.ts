import { STAGE_LINE, type StageData, type StageLayout, type StageLine } from '../components/webinar/stage-data.ts';
import type { DeviceCheck } from './stage-devices.ts';

type Live = Awaited<ReturnType<typeof open>>;

/** Browsers of an audience that leaves together do not all say good-bye in the same second. */
const LEAVE_WITHIN_MS = 10_000;

/**
 * The live stage of a page. What plays and sends pictures, 150 kB, is loaded when there is something to connect to. Hosts and
 * speakers have it at a press of a button; viewers when the host has begun.
 */
class LiveStage extends HTMLElement {
	#data!: StageData;
	#live: Promise<Live> | null = null;
	#layout: StageLayout | null = null;
	#identity = '';
	#devices: DeviceCheck | null = null;
	#isOnStage = false;

	connectedCallback(): void {
		this.#data = JSON.parse(this.querySelector('[data-stage]')?.textContent ?? '{}') as StageData;
		const { side, isOpen, isCalled, identity } = this.#data;
		this.#identity = identity;
		this.#on('[data-join]', () => void this.join());
		this.#on('[data-leave-stage]', () => void this.#answer('leave'));
		this.#on('[data-call-accept]', () => void this.#accept());
		this.#on('[data-call-decline]', () => void this.#decline());
		this.#on('[data-keys]', () => this.querySelector<HTMLDialogElement>('[data-keys-dialog]')?.showModal());
		this.#on('[data-layout-next]', () => void this.#live?.then(({ tiles }) => tiles.cycle()));
		this.closest('live-room')?.addEventListener(STAGE_LINE, (event) => this.#hear((event as CustomEvent<StageLine>).detail));
		this.addEventListener('stage-layout', (event) => this.#arrange((event as CustomEvent<StageLayout>).detail));
		this.addEventListener('stage-close', () => void this.#close());
		void import('./stage-keys.ts').then(({ stageKeys }) =>
			stageKeys(
				{
					m: () => void this.#live?.then(({ controls }) => controls.press('microphone')),
					v: () => void this.#live?.then(({ controls }) => controls.press('camera')),
					l: () => void this.#live?.then(({ tiles }) => tiles.cycle()),
					...(side === 'viewer' ? { h: () => this.closest('live-room')?.querySelector<HTMLButtonElement>('button[data-hand]')?.click() } : {}),
					...(side === 'host' ? {} : { '?': () => this.querySelector<HTMLDialogElement>('[data-keys-dialog]')?.showModal() }),
				},
				side === 'host',
			),
		);
		if (side === 'viewer' && isOpen) void this.join();
		if (isCalled) this.#call();
	}

	/** Connects, with a new token; also the way back after a take-over. */
	async join(): Promise<void> {
		this.#live ??= open(
			this,
			this.#data,
			() => this.#devices?.chosen() ?? { camera: '', microphone: '' },
			(identity, isOnStage) => {
				this.#identity = identity;
				this.#isOnStage = isOnStage;
				this.dataset['identity'] = identity;
			},
		);
		const live = await this.#live;
		if (this.#layout) live.tiles.arrange(this.#layout);
		await live.connection.join();
	}

	#on(selector: string, act: () => void): void {
		for (const element of this.querySelectorAll(selector)) element.addEventListener('click', act);
	}

	#hear(line: StageLine): void {
		if (line.kind === 'stage') return this.#arrange(line);
		if (line.kind === 'state') {
			if (line.state === 'live') void this.join();
			else setTimeout(() => void this.#close(), Math.random() * LEAVE_WITHIN_MS);
			return;
		}
		if (line.identity !== this.#identity || line.seq <= this.#data.lastSeq) return;
		if (line.call === 'invite') return this.#call();
		this.#hideCall();
		this.#say(line.call === 'withdraw' ? this.#data.words.call.gone : this.#data.words.call.back);
	}

	#arrange(layout: StageLayout): void {
		this.#layout = layout;
		void this.#live?.then(({ tiles }) => tiles.arrange(layout));
	}

	async #close(): Promise<void> {
		const live = await this.#live;
		await live?.connection.leave();
		this.dataset['standing'] = 'closed';
		this.#say(this.#data.words.state.closed);
	}

	/** Devices are looked at before anybody is seen. */
	#call(): void {
		const dialog = this.querySelector<HTMLDialogElement>('[data-call]');
		if (!dialog || dialog.open || this.#isOnStage) return;
		dialog.showModal();
		void import('./stage-devices.ts').then(({ checkDevices }) => {
			this.#devices = checkDevices(dialog, this.#data.words.devices);
		});
	}

	#hideCall(): void {
		this.#devices?.stop();
		this.querySelector<HTMLDialogElement>('[data-call]')?.close();
	}

	async #accept(): Promise<void> {
		this.#devices?.stop();
		const outcome = await this.#answer('accept');
		this.#hideCall();
		const { words } = this.#data;
		if (outcome === 'stage-full') this.#say(words.call.full);
		else if (outcome === 'not-called') this.#say(words.call.gone);
	}

	async #decline(): Promise<void> {
		this.#hideCall();
		await this.#answer('decline');
	}

	async #answer(answer: 'accept' | 'decline' | 'leave'): Promise<string> {
		const { answerAddress } = this.#data;
		if (answerAddress === null) return '';
		const said = await fetch(answerAddress, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ answer }),
		}).then(
			(given) => given.json() as Promise<{ readonly status?: string }>,
			() => ({ status: '' }),
		);
		return said.status ?? '';
	}

	#say(text: string): void {
		const note = this.querySelector('[data-stage-note]');
		if (note) note.textContent = text;
	}
}

/** Everything that needs the media library. */
async function open(
	root: HTMLElement,
	data: StageData,
	devices: () => { readonly camera: string; readonly microphone: string },
	meet: (identity: string, isOnStage: boolean) => void,
) {
	const { openStage } = await import('./stage-open.ts');
	return openStage(root, data, devices, meet);
}

customElements.define('live-stage', LiveStage);
