import type { Snapshot } from '#cms/content.ts';
import type { Log } from '#kernel/log.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { Reader } from '../lead/reader.ts';
import { type Resolve, systemResolve } from './address.ts';
import { createDeliveries } from './deliver.ts';
import {
	changeEndpoint,
	createEndpoint,
	type EndpointDeps,
	type EndpointInput,
	type EndpointView,
	listEndpoints,
	removeEndpoint,
	rotateSecret,
	switchEndpoint,
} from './endpoints.ts';
import { DELIVERY_STATES, type DeliveryState, WEBHOOK_EVENTS, WEBHOOK_LEVELS } from './message.ts';
import { noticeHandler, WEBHOOK_NOTICE } from './notice.ts';
import { type DeliveryDetail, listDeliveries, oneDelivery, replayOne, replaySince, sendTest } from './replay.ts';

export interface WebhooksDeps extends Omit<EndpointDeps, 'rules'> {
	readonly log: Log;
	readonly mailer: Mailer;
	readonly origin: string;
	readonly content: () => Snapshot;
	/** Left out: only public addresses over https, as the system's resolver knows them. */
	readonly webhooks?: { readonly allowsLoopback?: boolean; readonly resolve?: Resolve } | undefined;
}

/** Other systems that are told of leads: where they are, what they hear, and what became of each message. */
export interface Webhooks {
	readonly choices: { readonly events: typeof WEBHOOK_EVENTS; readonly levels: typeof WEBHOOK_LEVELS; readonly states: typeof DELIVERY_STATES };
	list(): Promise<readonly EndpointView[]>;
	/** Null when there is none. */
	get(id: string): Promise<EndpointView | null>;
	/** See {@link createEndpoint}. */
	create(input: EndpointInput, by: Reader): Promise<{ readonly id: string; readonly secret: string }>;
	change(id: string, input: EndpointInput, by: Reader): Promise<void>;
	/** See {@link rotateSecret}. */
	rotate(id: string, by: Reader): Promise<string>;
	switchTo(id: string, state: 'on' | 'off', by: Reader): Promise<void>;
	remove(id: string, by: Reader): Promise<void>;
	/** See {@link sendTest}. */
	test(id: string, by: Reader): Promise<void>;
	/** See {@link listDeliveries}. */
	deliveries(
		endpointId: string,
		query: { readonly state?: DeliveryState | undefined; readonly cursor?: string | undefined },
	): ReturnType<typeof listDeliveries>;
	delivery(id: string): Promise<DeliveryDetail | null>;
	/** See {@link replayOne}. */
	replay(deliveryId: string, by: Reader): Promise<void>;
	/** See {@link replaySince}. */
	replaySince(endpointId: string, since: Date, by: Reader): Promise<number>;
	/** Begins sending what is due and waits for none of it. Call it again and again. */
	runDue(): Promise<void>;
	/** Resolves when nothing is being sent. */
	settled(): Promise<void>;
	stop(): Promise<void>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export function createWebhooks(given: WebhooksDeps): Webhooks {
	const { allowsLoopback = false, resolve = systemResolve } = given.webhooks ?? {};
	const deps = { ...given, rules: { allowsLoopback }, resolve };
	const deliveries = createDeliveries(deps);
	const list = () => listEndpoints(deps);

	return Object.freeze<Webhooks>({
		choices: { events: WEBHOOK_EVENTS, levels: WEBHOOK_LEVELS, states: DELIVERY_STATES },
		list,
		get: async (id) => (await list()).find((one) => one.id === id) ?? null,
		create: (input, by) => createEndpoint(deps, input, by),
		change: (id, input, by) => changeEndpoint(deps, id, input, by),
		rotate: (id, by) => rotateSecret(deps, id, by),
		switchTo: (id, state, by) => switchEndpoint(deps, id, state, by),
		remove: (id, by) => removeEndpoint(deps, id, by),
		test: (id, by) => sendTest(deps, id, by),
		deliveries: (endpointId, query) => listDeliveries(deps, endpointId, query),
		delivery: (id) => oneDelivery(deps, id),
		replay: (deliveryId, by) => replayOne(deps, deliveryId, by),
		replaySince: (endpointId, since, by) => replaySince(deps, endpointId, since, by),
		runDue: () => deliveries.runDue(),
		settled: () => deliveries.settled(),
		stop: () => deliveries.stop(),
		handlers: { [WEBHOOK_NOTICE]: noticeHandler(deps) },
	});
}
