import { FAKE_MEDIA, openBrowser } from '#tests/support/browser.ts';

/** A track that one seat sends and another should get. */
export interface Wanted {
	readonly cid: string;
	/** The stream's name towards the receiver, by which it finds sender and track. */
	readonly stream: string;
}

interface Ends {
	readonly up: Map<string, RTCPeerConnection>;
	readonly down: Map<string, { connection: RTCPeerConnection; has: Map<string, string> }>;
	readonly tracks: Map<string, MediaStreamTrack>;
}

/** The far ends of the peer connections, in a Chromium: WebRTC without a media server. One layer of one codec, nothing adapted. */
export async function openMediaEnds() {
	const browser = await openBrowser(FAKE_MEDIA);
	const page = await browser.newPage();
	await page.evaluate(() => Object.assign(globalThis, { ends: { up: new Map(), down: new Map(), tracks: new Map() } satisfies Ends }));
	return {
		/** Answers what a browser offers to send; `sent` maps places in it to the browser's names of tracks. */
		answer: (seat: string, sdp: string, sent: readonly (readonly [mid: string, cid: string])[]): Promise<string> =>
			page.evaluate(
				async ([key, offer, names]) => {
					const { up, tracks } = (globalThis as unknown as { ends: Ends }).ends;
					const connection = up.get(key) ?? new RTCPeerConnection();
					up.set(key, connection);
					await connection.setRemoteDescription({ type: 'offer', sdp: offer });
					for (const [mid, cid] of names) {
						const found = connection.getTransceivers().find((one) => one.mid === mid);
						if (found) tracks.set(cid, found.receiver.track);
					}
					await connection.setLocalDescription();
					while (connection.iceGatheringState !== 'complete')
						await new Promise((done) => connection.addEventListener('icegatheringstatechange', done, { once: true }));
					return connection.localDescription!.sdp;
				},
				[seat, sdp, sent] as const,
			),
		/** Offers a browser all that it should get; null: it has it. */
		offer: (seat: string, wanted: readonly Wanted[]): Promise<string | null> =>
			page.evaluate(
				async ([key, all]) => {
					const { down, tracks } = (globalThis as unknown as { ends: Ends }).ends;
					const known = down.get(key);
					const end = known ?? { connection: new RTCPeerConnection(), has: new Map<string, string>() };
					const { connection, has } = end;
					if (!known) {
						down.set(key, end);
						for (const label of ['_reliable', '_lossy']) connection.createDataChannel(label);
					}
					const missing = all.filter(({ cid, stream }) => tracks.has(cid) && ![...has.values()].includes(stream));
					if (known && missing.length === 0) return null;
					for (const { cid, stream } of missing) {
						const made = new MediaStream();
						has.set(made.id, stream);
						connection.addTransceiver(tracks.get(cid)!, { direction: 'sendonly', streams: [made] });
					}
					await connection.setLocalDescription();
					while (connection.iceGatheringState !== 'complete')
						await new Promise((done) => connection.addEventListener('icegatheringstatechange', done, { once: true }));
					return [...has].reduce((sdp, [id, stream]) => sdp.replaceAll(id, stream), connection.localDescription!.sdp);
				},
				[seat, wanted] as const,
			),
		/** Takes the browser's answer to {@link offer}. */
		take: (seat: string, sdp: string): Promise<void> =>
			page.evaluate(
				([key, answer]) =>
					(globalThis as unknown as { ends: Ends }).ends.down.get(key!)?.connection.setRemoteDescription({ type: 'answer', sdp: answer! }),
				[seat, sdp],
			),
		drop: (seat: string): Promise<void> =>
			page.evaluate((key) => {
				const { up, down } = (globalThis as unknown as { ends: Ends }).ends;
				up.get(key)?.close();
				down.get(key)?.connection.close();
				up.delete(key);
				down.delete(key);
			}, seat),
		close: () => browser.close(),
	};
}
export type MediaEnds = Awaited<ReturnType<typeof openMediaEnds>>;
