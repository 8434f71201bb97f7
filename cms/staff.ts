import type { DirectusClient } from './client.ts';

export const STAFF_ROLES = ['admin', 'marketer', 'sales', 'host', 'analyst'] as const;
/** What a member of staff may do in the console. */
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface StaffMember {
	/** The Directus user's id. */
	readonly id: string;
	readonly name: string;
	readonly role: StaffRole;
}

export type SignIn =
	| { readonly status: 'signed-in'; readonly staff: StaffMember }
	/** Wrong address or password, a second factor missing, or the account is not active; which one is not said. */
	| { readonly status: 'refused' }
	| { readonly status: 'no-role' }
	| { readonly status: 'unavailable' };

export type StaffCheck =
	| {
			readonly status: 'active';
			readonly role: StaffRole;
			readonly name: string;
			readonly email: string;
			/** As Directus names it, such as `zh-CN`; null: the project's. */
			readonly language: string | null;
	  }
	| { readonly status: 'gone' }
	| { readonly status: 'unavailable' };

/** People who may use the console. They and their roles live in Directus; sessions are rows of the hub. */
export interface StaffDirectory {
	signIn(email: string, password: string): Promise<SignIn>;
	/** Whether the account still holds and with which role; asked at most every 60 s a session. */
	check(staffId: string): Promise<StaffCheck>;
}

export function createStaffDirectory(client: DirectusClient): StaffDirectory {
	return Object.freeze<StaffDirectory>({
		signIn: async (email, password) => {
			const signIn = await client.signIn(email, password);
			if (signIn.status !== 'signed-in') return signIn;
			const check = await checkStaff(client, signIn.userId);
			if (check.status === 'active') return { status: 'signed-in', staff: { id: signIn.userId, name: check.name, role: check.role } };
			return check.status === 'gone' ? { status: 'no-role' } : check;
		},
		check: (staffId) => checkStaff(client, staffId),
	});
}

async function checkStaff(client: DirectusClient, staffId: string): Promise<StaffCheck> {
	const user = await client.user(staffId);
	if (user === 'unavailable') return { status: 'unavailable' };
	const role = user?.status === 'active' ? staffRole(user.roleName) : null;
	return user && role ? { status: 'active', role, name: user.name, email: user.email, language: user.language } : { status: 'gone' };
}

/** The staff role of a Directus role, by its name in any case; null for every other, such as Editor. */
export function staffRole(roleName: string | null): StaffRole | null {
	const name = roleName?.trim().toLowerCase();
	if (name === 'administrator') return 'admin';
	return STAFF_ROLES.find((role) => role === name) ?? null;
}
