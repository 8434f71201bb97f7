import type { JobHandler } from '#kernel/job.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { Composers } from '../message/message.ts';
import type { PersonalDataSource } from '../privacy/source.ts';

/** What each part adds to the hub. */
export interface NurturePart {
	readonly composers?: Composers;
	readonly handlers?: Readonly<Record<string, OutboxHandler>>;
	readonly jobs?: Readonly<Record<string, JobHandler>>;
	readonly data?: readonly PersonalDataSource[];
	start?(): Promise<void>;
	stop?(): Promise<void>;
}
