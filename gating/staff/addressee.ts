import type { Locale } from '#cms/content.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Dropped } from '#kernel/outbox.ts';

import type { StaffDirectory } from './create-staff.ts';

/** A member of staff who gets a mail. */
export interface Addressee {
	readonly name: string;
	readonly email: string;
	readonly locale: Locale;
}

/** Where a member of staff reads mail, and in which language. @throws DomainError unavailable while the directory does not answer: the mail is tried again */
export async function addresseeOf(directory: StaffDirectory, staffId: string): Promise<Addressee | Dropped> {
	const found = await directory.check(staffId);
	if (found.status === 'unavailable') throw new DomainError('unavailable', 'the staff directory does not answer');
	if (found.status !== 'active' || found.email === '') return { dropped: 'left' };
	return { name: found.name, email: found.email, locale: found.language?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en' };
}
