import type { ServerEvent } from '../event/record.ts';

/**
 * The event of a submission. `id` is that of the grant it led to, so that what a stranger typed counts once: at once for a
 * person nobody has proved to be, and with their verified act for everybody else.
 */
export function submittedEvent({
	formKey,
	...event
}: Pick<ServerEvent, 'id' | 'at' | 'personId' | 'visitorId' | 'subject'> & { readonly formKey: string }): ServerEvent {
	return { ...event, type: 'form.submitted', props: { form: formKey } };
}
