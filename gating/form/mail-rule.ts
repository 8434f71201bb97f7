import type { Form } from '#cms/content.ts';

import { isFreeMail } from '../cleaning/mail.ts';

export type MailVerdict = 'accept' | 'ask' | 'refuse';

/**
 * What a form does with an address. Only free mail is treated apart: disposable addresses get the same answer as others,
 * and are put into quarantine. `confirmed` is the free-mail address that the person has said they mean.
 */
export function judgeMail(rule: Form['mailRule'], email: string, confirmed: string | null): MailVerdict {
	if (rule === 'allow' || !isFreeMail(email)) return 'accept';
	if (rule === 'refuse') return 'refuse';
	return confirmed === email ? 'accept' : 'ask';
}
