import { isBrowserSupported, RoomEvent } from 'livekit-client';

import type { StageData } from '../components/webinar/stage-data.ts';
import { connectStage, type Standing } from './stage-connect.ts';
import { stageControls } from './stage-controls.ts';
import { askGrant, type Grant } from './stage-grant.ts';
import { stageTiles } from './stage-tiles.ts';

/** Standings with a button that connects again; after the others it happens by itself, or never. */
const BUTTONS: Readonly<Partial<Record<Standing, 'takeOver' | 'comeBack'>>> = { elsewhere: 'takeOver', removed: 'comeBack' };

/** Puts picture, sound, controls and banner of the stage together. */
export function openStage(
	root: HTMLElement,
	data: StageData,
	devices: () => { readonly camera: string; readonly microphone: string },
	meet: (identity: string, isOnStage: boolean) => void,
) {
	const { words } = data;
	const banner = root.querySelector<HTMLElement>('[data-stage-banner]')!;
	const text = banner.querySelector<HTMLElement>('[data-banner-text]')!;
	const again = banner.querySelector<HTMLButtonElement>('[data-banner-button]')!;
	const sound = root.querySelector<HTMLButtonElement>('[data-play-sound]');

	const tell = (standing: Standing, grant: Grant | null): void => {
		root.dataset['standing'] = standing;
		const said = wordsOf(standing);
		banner.hidden = said === '';
		text.textContent = said;
		const button = BUTTONS[standing];
		again.hidden = button === undefined;
		if (button) again.textContent = words.state[button];
		if (standing === 'full' && grant?.status === 'full' && grant.overflow !== null) void showLater(grant.overflow);
		if (grant?.status === 'granted') {
			meet(grant.identity, grant.role !== 'viewer');
			controls.show(grant.role !== 'viewer');
		}
	};
	const wordsOf = (standing: Standing): string => {
		if (!isBrowserSupported()) return words.state.unsupported;
		if (standing === 'idle' || standing === 'on') return '';
		return standing === 'joining' ? words.joining : words.state[standing];
	};
	/** The same picture from a file that grows, for who does not fit. */
	const showLater = async (address: string): Promise<void> => {
		const video = root.querySelector<HTMLVideoElement>('[data-later]');
		if (!video) return;
		text.textContent = words.state.later;
		video.hidden = false;
		if (video.canPlayType('application/vnd.apple.mpegurl') !== '') video.src = address;
		else {
			const { default: Hls } = await import('hls.js');
			const player = new Hls({ enableWorker: false });
			player.loadSource(address);
			player.attachMedia(video);
		}
		await video.play().catch(() => undefined);
	};

	const connection = connectStage({ grant: () => askGrant(data.tokenAddress), tell });
	const { room } = connection;
	const controls = stageControls(root, room, data, devices);
	const tiles = stageTiles(root, room, data);

	again.addEventListener('click', () => void connection.join());
	room.on(RoomEvent.AudioPlaybackStatusChanged, () => sound && (sound.hidden = room.canPlaybackAudio));
	sound?.addEventListener('click', () => void room.startAudio().then(() => room.startVideo()));
	room.on(RoomEvent.VideoPlaybackStatusChanged, () => sound && (sound.hidden = room.canPlaybackVideo && room.canPlaybackAudio));
	// Called to the stage, or back in the audience: the server says so to who is connected.
	room.on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
		if (!participant.isLocal) return;
		const isOnStage = participant.permissions?.canPublish ?? false;
		meet(participant.identity, isOnStage);
		controls.show(isOnStage);
	});
	return { connection, controls, tiles };
}
