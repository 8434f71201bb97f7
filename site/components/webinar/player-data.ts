/** What a player's script is told by its page. */
export interface PlayerData {
	/** `shared`: everybody sees the same second, by the hub's clock. `own`: at the viewer's own pace. */
	readonly pace: 'shared' | 'own';
	/** Address of the recording. */
	readonly video: string;
	/** Address of an HLS playlist of the same; '' for none. */
	readonly hls: string;
	/** Where beats of watching go; '' where the page tells of presence itself. */
	readonly beats: string;
	/** Epoch milliseconds by the hub's clock, when the page was made. */
	readonly serverTime: number;
	/** When the programme runs, in epoch milliseconds; of no meaning at one's own pace. */
	readonly startsAt: number;
	readonly endsAt: number;
}

/** Told by a player as its recording goes on, a few times a second; bubbles. */
export const PLAYER_SECOND = 'player-second';

export interface PlayerSecond {
	/** Seconds into the recording. */
	readonly seconds: number;
}

/** Told to a player: go to this second. */
export const PLAYER_GO = 'player-go';

export type PlayerGo = PlayerSecond;
