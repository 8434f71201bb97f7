/** What a person told us about themselves; kept sealed. Absent means never asked or left empty. */
export interface Profile {
	readonly name?: string;
	/** Normalised: see `normaliseMail`. */
	readonly email?: string;
	readonly company?: string;
	readonly jobTitle?: string;
	/** E.164. */
	readonly phone?: string;
	readonly region?: string;
	readonly industry?: string;
	/** What they look for, and what they may spend, in their words or as an option of a form. */
	readonly need?: string;
	readonly budget?: string;
}

export const PROFILE_FIELDS = [
	'name',
	'email',
	'company',
	'jobTitle',
	'phone',
	'region',
	'industry',
	'need',
	'budget',
] as const satisfies readonly (keyof Profile)[];

/** A person as mails and screens need them. */
export interface Contact extends Profile {
	readonly personId: string;
	readonly leadId: string;
	readonly email: string;
	readonly locale: 'en' | 'zh-CN';
	readonly timeZone: string;
	readonly isVerified: boolean;
}

const HAN = /\p{Script=Han}/u;

/** The part of `answers` that is about the person; empty answers say nothing. */
export function profileOf(answers: Readonly<Record<string, string>>): Profile {
	return Object.fromEntries(PROFILE_FIELDS.flatMap((field) => (answers[field] ? [[field, answers[field]]] : [])));
}

/** What the person said newest wins; what they left out stays. The mail address is who they are, and never changes. */
export function mergeProfile(known: Profile, said: Profile): Profile {
	return { ...known, ...said, ...(known.email === undefined ? {} : { email: known.email }) };
}

/** How to greet: the first word of a Latin name, the whole of a Chinese one, null without a name. */
export function givenNameOf(profile: Profile): string | null {
	const name = profile.name?.trim();
	if (!name) return null;
	return HAN.test(name) ? name : (name.split(/\s+/)[0] ?? name);
}
