import { type Participant, ParticipantEvent, type Room, RoomEvent, Track, type TrackPublication } from 'livekit-client';

import type { StageData, StageLayout } from '../components/webinar/stage-data.ts';

/** Whom the picture follows does not change more often. */
const HOLD_MS = 1_500;

interface Tile {
	readonly figure: HTMLElement;
	readonly video: HTMLVideoElement;
	readonly caption: HTMLElement;
	track: Track | null;
}

/** Who is on the stage, a tile each, and a tile for a shared screen. Viewers publish nothing and have none. */
export function stageTiles(root: HTMLElement, room: Room, data: StageData): { arrange(layout: StageLayout): void; cycle(): void } {
	const list = root.querySelector<HTMLElement>('[data-tiles]')!;
	const empty = root.querySelector<HTMLElement>('[data-stage-empty]');
	const sounds = root.querySelector<HTMLElement>('[data-sounds]')!;
	const tiles = new Map<string, Tile>();
	const { words } = data;
	let layout: StageLayout = data.layout;
	let own: StageLayout['layout'] | null = null;
	let speaker: string | null = null;
	let heldUntil = 0;

	const nameOf = (participant: Participant): string => participant.name || words.tile.someone;

	const tile = (key: string): Tile => {
		const known = tiles.get(key);
		if (known) return known;
		const figure = document.createElement('figure');
		const video = document.createElement('video');
		const caption = document.createElement('figcaption');
		figure.className = 'tile';
		video.autoplay = true;
		video.playsInline = true;
		video.muted = true;
		figure.append(video, caption);
		list.append(figure);
		const made: Tile = { figure, video, caption, track: null };
		tiles.set(key, made);
		return made;
	};

	const show = (key: string, participant: Participant, publication: TrackPublication | undefined, isScreen: boolean): void => {
		const shown = tile(key);
		const track = publication && !publication.isMuted ? (publication.track ?? null) : null;
		if (shown.track !== track) {
			shown.track?.detach(shown.video);
			shown.track = track;
			track?.attach(shown.video);
		}
		const microphone = participant.getTrackPublication(Track.Source.Microphone);
		const isMuted = !microphone || microphone.isMuted;
		const name = `${nameOf(participant)}${participant.isLocal ? ` (${words.tile.you})` : ''}`;
		const notes = [isMuted ? words.tile.muted : participant.isSpeaking ? words.tile.speaking : ''].filter((note) => note !== '');
		const label = isScreen ? words.tile.screen.replace('{name}', name) : [name, ...notes].join(', ');
		shown.figure.setAttribute('aria-label', label);
		shown.figure.dataset['identity'] = participant.identity;
		shown.figure.classList.toggle('is-screen', isScreen);
		shown.figure.classList.toggle('is-own', participant.isLocal && !isScreen);
		shown.figure.classList.toggle('is-speaking', !isScreen && participant.isSpeaking && !isMuted);
		shown.figure.classList.toggle('is-muted', !isScreen && isMuted);
		shown.figure.classList.toggle('is-dark', track === null);
		shown.caption.textContent = isScreen ? label : name;
	};

	const draw = (): void => {
		const wanted = new Set<string>();
		for (const participant of [room.localParticipant, ...room.remoteParticipants.values()]) {
			const screen = participant.getTrackPublication(Track.Source.ScreenShare);
			const camera = participant.getTrackPublication(Track.Source.Camera);
			if (screen) {
				wanted.add(`${participant.identity} screen`);
				show(`${participant.identity} screen`, participant, screen, true);
			}
			if (!camera && !participant.getTrackPublication(Track.Source.Microphone)) continue;
			wanted.add(participant.identity);
			show(participant.identity, participant, camera, false);
		}
		for (const [key, { figure, video, track }] of tiles) {
			if (wanted.has(key)) continue;
			track?.detach(video);
			figure.remove();
			tiles.delete(key);
		}
		if (empty) empty.hidden = tiles.size > 0 || room.state !== 'connected';
		enlarge();
	};

	/** A shared screen is what everybody should see; else whom the host chose; else who speaks. */
	const enlarge = (): void => {
		const screen = [...tiles.keys()].find((key) => key.endsWith(' screen'));
		const kind = own ?? (screen ? 'screen' : layout.spotlight !== null && tiles.has(layout.spotlight) ? 'speaker' : layout.layout);
		const large = kind === 'grid' ? null : kind === 'screen' && screen ? screen : (layout.spotlight ?? speaker ?? tiles.keys().next().value ?? null);
		root.dataset['layout'] = large === null || !tiles.has(large) || tiles.size < 2 ? 'grid' : 'large';
		root.dataset['tiles'] = String(tiles.size);
		for (const [key, { figure }] of tiles) figure.classList.toggle('is-large', key === large);
	};

	const follow = (speakers: readonly Participant[]): void => {
		const [loudest] = speakers;
		if (loudest && performance.now() > heldUntil) {
			speaker = loudest.identity;
			heldUntil = performance.now() + HOLD_MS;
		}
		draw();
	};
	const watched = new WeakSet<Participant>();
	const watch = (participant: Participant): void => {
		if (watched.has(participant)) return;
		watched.add(participant);
		for (const event of [ParticipantEvent.IsSpeakingChanged, ParticipantEvent.TrackMuted, ParticipantEvent.TrackUnmuted] as const)
			participant.on(event, draw);
	};

	room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
		watch(participant);
		if (track.kind === Track.Kind.Audio) sounds.append(track.attach());
		draw();
	});
	room.on(RoomEvent.TrackUnsubscribed, (track) => {
		if (track.kind === Track.Kind.Audio) for (const element of track.detach()) element.remove();
		draw();
	});
	for (const event of [
		...[RoomEvent.Connected, RoomEvent.Reconnected, RoomEvent.Disconnected, RoomEvent.ParticipantDisconnected, RoomEvent.ParticipantNameChanged],
		...[RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished, RoomEvent.TrackUnpublished, RoomEvent.TrackMuted, RoomEvent.TrackUnmuted],
	] as const)
		room.on(event, draw);
	room.on(RoomEvent.ActiveSpeakersChanged, follow);
	watch(room.localParticipant);

	return {
		arrange: (next) => {
			layout = next;
			draw();
		},
		cycle: () => {
			const order = [null, 'grid', 'speaker'] as const;
			own = order[(order.indexOf(own === 'screen' ? null : own) + 1) % order.length] ?? null;
			draw();
		},
	};
}
