import { type Room, RoomEvent, Track } from 'livekit-client';

import type { StageData } from '../components/webinar/stage-data.ts';

type Device = 'microphone' | 'camera' | 'screen';

/** Buttons of who is on the stage: camera, microphone, screen. Each says by `aria-pressed` whether it is on. */
export function stageControls(
	root: HTMLElement,
	room: Room,
	{ words }: StageData,
	devices: () => { readonly camera: string; readonly microphone: string },
): {
	readonly press: (name: Device) => void;
	/** Shows the buttons to who may publish, and switches on what was on before; else the lights go out. */
	show(mayPublish: boolean): void;
} {
	const bar = root.querySelector<HTMLElement>('[data-controls]');
	const error = root.querySelector<HTMLElement>('[data-control-error]');
	const button = (name: string) => bar?.querySelector<HTMLButtonElement>(`[data-control="${name}"]`) ?? null;
	const me = room.localParticipant;
	/** What its owner wants on, also over a lost connection. Coming to the stage is wanting to be seen and heard. */
	const wanted = new Set<Device>(['camera', 'microphone']);
	const isOn = (name: Device): boolean =>
		name === 'camera' ? me.isCameraEnabled : name === 'microphone' ? me.isMicrophoneEnabled : me.isScreenShareEnabled;

	const isScreenTaken = (): boolean => [...room.remoteParticipants.values()].some((other) => other.isScreenShareEnabled);
	const draw = (): void => {
		button('microphone')?.setAttribute('aria-pressed', String(me.isMicrophoneEnabled));
		button('camera')?.setAttribute('aria-pressed', String(me.isCameraEnabled));
		const screen = button('screen');
		screen?.setAttribute('aria-pressed', String(me.isScreenShareEnabled));
		if (screen) {
			screen.hidden = typeof navigator.mediaDevices?.getDisplayMedia !== 'function';
			screen.title = isScreenTaken() ? words.controls.screenTaken : '';
		}
	};
	const turn = async (name: Device, on: boolean): Promise<void> => {
		if (error) error.textContent = '';
		const { camera, microphone } = devices();
		try {
			if (name === 'microphone') await me.setMicrophoneEnabled(on, microphone === '' ? {} : { deviceId: microphone });
			if (name === 'camera') await me.setCameraEnabled(on, camera === '' ? {} : { deviceId: camera });
			if (name === 'screen') {
				if (on && isScreenTaken()) {
					if (error) error.textContent = words.controls.screenTaken;
					return;
				}
				await me.setScreenShareEnabled(on, { audio: true, selfBrowserSurface: 'exclude' });
			}
		} catch (failure) {
			// A press of "cancel" in the browser's own dialog is no failure.
			const isOwnWill = name === 'screen' && failure instanceof DOMException && failure.name === 'NotAllowedError';
			if (error && !isOwnWill) error.textContent = words.controls.failed;
		}
		draw();
	};
	/** One after the other: browsers that ask for permission ask once at a time. */
	const restore = async (): Promise<void> => {
		for (const name of ['camera', 'microphone'] as const) if (wanted.has(name) && !isOn(name)) await turn(name, true);
	};
	const press = (name: Device): void => {
		if (!bar || bar.hidden) return;
		const on = !isOn(name);
		if (on) wanted.add(name);
		else wanted.delete(name);
		void turn(name, on);
	};

	for (const name of ['microphone', 'camera', 'screen'] as const) button(name)?.addEventListener('click', () => press(name));
	for (const event of [
		...[RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished, RoomEvent.TrackMuted, RoomEvent.TrackUnmuted],
		...[RoomEvent.TrackPublished, RoomEvent.TrackUnpublished, RoomEvent.Disconnected],
	] as const)
		room.on(event, draw);
	// Devices that went away are not silently replaced: the button says off.
	room.on(RoomEvent.MediaDevicesError, () => error && (error.textContent = words.controls.failed));
	return {
		press,
		show: (mayPublish) => {
			if (bar) bar.hidden = !mayPublish;
			draw();
			if (mayPublish) void restore();
			else for (const source of [Track.Source.Camera, Track.Source.Microphone, Track.Source.ScreenShare]) void release(room, source);
		},
	};
}

/** The light of the camera goes out with the picture. */
async function release(room: Room, source: Track.Source): Promise<void> {
	const track = room.localParticipant.getTrackPublication(source)?.track;
	if (!track) return;
	track.stop();
	await room.localParticipant.unpublishTrack(track).catch(() => undefined); // the server took it already
}
