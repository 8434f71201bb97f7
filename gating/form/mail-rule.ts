import type { Form } from '#cms/content.ts';

import { isDisposableMail, isFreeMail } from '../cleaning/mail.ts';

export type MailVerdict = 'accept' | 'ask' | 'refuse-free' | 'refuse-disposable';

/**
 * What a form does with an address. Disposable ones are taken unless the form refuses: their sender learns nothing, and the lead waits in
 * the quarantine. `confirmed` is the free-mail address that the person has said they mean.
 */
export function judgeMail(rule: Form['mailRule'], email: string, confirmed: string | null): MailVerdict {
	if (rule === 'refuse' && isDisposableMail(email)) return 'refuse-disposable';
	if (rule === 'allow' || !isFreeMail(email)) return 'accept';
	if (rule === 'refuse') return 'refuse-free';
	return confirmed === email ? 'accept' : 'ask';
}
