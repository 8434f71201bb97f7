const FIRST_SECONDS = 5;

/**
 * Says every few seconds that this page is in sight, and once when it is left or hidden; each beat presents the token of the last
 * answer. `isThere` is asked before each. Returns what ends it.
 */
export function presence(slug: string, isThere: () => boolean): () => void {
	const address = `/api/v1/webinars/${slug}/beats`;
	let token: string | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isOver = false;

	const beat = async (): Promise<void> => {
		let seconds = FIRST_SECONDS;
		if (document.visibilityState === 'visible' && isThere()) {
			try {
				const answer = await fetch(address, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ token, isLeaving: false }),
				});
				if (answer.ok) {
					const next = (await answer.json()) as { token: string; nextInSeconds: number };
					({ token, nextInSeconds: seconds } = next);
				} else if (answer.status === 403) token = null;
			} catch {
				// The next beat tells.
			}
		} else leave();
		if (!isOver) timer = setTimeout(() => void beat(), seconds * 1_000);
	};
	const leave = (): void => {
		if (token === null) return;
		navigator.sendBeacon(address, new Blob([JSON.stringify({ token, isLeaving: true })], { type: 'application/json' }));
		token = null;
	};
	const turn = (): void => {
		if (document.visibilityState === 'hidden') return leave();
		clearTimeout(timer);
		void beat();
	};

	document.addEventListener('visibilitychange', turn);
	addEventListener('pagehide', leave);
	void beat();
	return () => {
		isOver = true;
		clearTimeout(timer);
		leave();
		document.removeEventListener('visibilitychange', turn);
	};
}
