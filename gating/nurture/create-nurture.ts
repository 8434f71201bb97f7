import type { JobHandler } from '#kernel/job.ts';
import type { Log } from '#kernel/log.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import { createJourneys, type Journeys } from '../journey/create-journeys.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { Messages } from '../message/create-messages.ts';
import type { Composers } from '../message/message.ts';
import { createMailings, type Mailings } from '../mailing/create-mailings.ts';
import { createTemplates, type Templates } from '../mailing/templates.ts';
import type { Profiles } from '../profile/create-profiles.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import type { NurturePart } from './part.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Segments } from '../tag/create-segments.ts';
import type { Tags } from '../tag/create-tags.ts';

/** What keeps leads warm that are not ready: one field here is one field of the hub. */
export interface Nurture {
	/** Mail templates of the CMS. */
	readonly templates: Templates;
	readonly mailings: Mailings;
	readonly journeys: Journeys;
}

export interface NurtureDeps extends TagsDeps {
	readonly log: Log;
	/** Origin of links in mails, without a trailing slash. */
	readonly origin: string;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
	readonly segments: Segments;
	readonly profiles: Profiles;
	readonly tags: Tags;
	readonly work: Work;
	readonly mailer: Mailer;
	readonly directory: StaffDirectory;
	/** Made after this, with the composers below: read at each call. */
	readonly messages: () => Messages;
}

/** Mailings and journeys: what others call, who writes their messages at delivery, and what runs by itself. */
export function createNurture(deps: NurtureDeps) {
	const templates = createTemplates(deps);
	const mailings = createMailings({ ...deps, templates });
	const journeys = createJourneys({ ...deps, templates });
	const parts: Nurture = { templates, mailings: mailings.parts, journeys: journeys.parts };
	const made: readonly NurturePart[] = [mailings.part, journeys.part];
	return {
		parts,
		/** A lead was judged anew, in the body that judged it. */
		judged: journeys.judged,
		composers: Object.assign({}, ...made.map(({ composers }) => composers)) as Composers,
		handlers: Object.assign({}, ...made.map(({ handlers }) => handlers)) as Readonly<Record<string, OutboxHandler>>,
		jobs: Object.assign({}, ...made.map(({ jobs }) => jobs)) as Readonly<Record<string, JobHandler>>,
		data: made.flatMap(({ data }) => data ?? []),
		start: async () => {
			for (const part of made) await part.start?.();
		},
		stop: async () => {
			for (const part of made) await part.stop?.();
		},
	};
}
