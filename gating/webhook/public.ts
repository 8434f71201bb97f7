export type { Webhooks } from './create-webhooks.ts';
export type { EndpointInput, EndpointView } from './endpoints.ts';
export type { DeliveryState, WebhookEvent, WebhookLevel } from './message.ts';
export type { AttemptView, DeliveryDetail, DeliveryView } from './replay.ts';
