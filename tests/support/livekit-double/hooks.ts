import { createHash } from 'node:crypto';

import { type ParticipantInfo, Room, WebhookEvent } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';

interface HookSettings {
	readonly url: string;
	readonly apiKey: string;
	readonly apiSecret: string;
}

/** Tells the hub what happened, one after another, signed over the body as LiveKit signs. */
export function hookSender({ url, apiKey, apiSecret }: HookSettings) {
	let queue = Promise.resolve();
	let number = 0;
	return (event: string, room: string, participant: ParticipantInfo): void => {
		const told = new WebhookEvent({
			...{ event, id: `EV_${process.pid}_${++number}`, createdAt: BigInt(Math.floor(Date.now() / 1_000)) },
			...{ room: new Room({ name: room, sid: `RM_${room}` }), participant: participant.clone() },
		});
		queue = queue
			.then(async () => {
				const body = told.toJsonString();
				const token = new AccessToken(apiKey, apiSecret, { ttl: 300 });
				token.sha256 = createHash('sha256').update(body).digest('base64');
				const headers = { authorization: await token.toJwt(), 'content-type': 'application/webhook+json' };
				await fetch(url, { method: 'POST', headers, body });
			})
			.catch((error: unknown) => void process.stderr.write(`the hub does not take webhooks: ${String(error)}\n`));
	};
}
