import { noteServerTime } from './server-clock.ts';
import { createSight } from './sight.ts';

const FIRST_SECONDS = 5;
const LOOK_MS = 500;
/** A beat that did not arrive is sent again. */
const AGAIN_MS = 1_500;

interface Answer {
	readonly token: string;
	readonly nextInSeconds: number;
	readonly serverTime: string;
}

/**
 * Says every few seconds that this page is in sight, and once when it is left or hidden; each beat presents the token of the last
 * answer and accounts for the time in which none came. `isThere` is asked before each; `more` is sent along. Returns what ends it.
 */
export function presence(address: string, isThere: () => boolean, more: () => object = () => ({})): () => void {
	const sight = createSight(() => Date.now());
	let token: string | null = null;
	let dueAt = 0;
	let isAsking = false;
	let isOver = false;

	const body = (isLeaving: boolean): string => JSON.stringify({ token, isLeaving, ...sight.word(), ...more() });
	const beat = async (): Promise<void> => {
		isAsking = true;
		const sentAt = Date.now();
		dueAt = Date.now() + FIRST_SECONDS * 1_000;
		try {
			const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body(false) });
			if (answer.ok) {
				const next = (await answer.json()) as Answer;
				token = next.token;
				dueAt += (next.nextInSeconds - FIRST_SECONDS) * 1_000;
				sight.answered();
				noteServerTime(new Date(next.serverTime).getTime(), sentAt, Date.now());
			} else if (answer.status === 403) token = null;
		} catch {
			dueAt = Date.now() + AGAIN_MS;
		}
		isAsking = false;
	};
	const look = (): void => {
		const isInSight = !isOver && document.visibilityState === 'visible' && isThere();
		const turn = sight.look(isInSight);
		if (turn === 'went') leave();
		if (isInSight && !isAsking && (turn === 'came' || Date.now() >= dueAt - LOOK_MS)) void beat();
	};
	const leave = (): void => {
		if (token === null) return;
		navigator.sendBeacon(address, new Blob([body(true)], { type: 'application/json' }));
	};

	document.addEventListener('visibilitychange', look);
	addEventListener('pagehide', leave);
	const timer = setInterval(look, LOOK_MS);
	look();
	return () => {
		isOver = true;
		clearInterval(timer);
		look();
		document.removeEventListener('visibilitychange', look);
		removeEventListener('pagehide', leave);
	};
}
