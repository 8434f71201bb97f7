import { editor } from './editor.ts';
import type { TestHub } from './hub.ts';
import { aStranger, type Stranger } from './stranger.ts';

/** A browser signed in at the console with a new account of this role. */
export async function staffOf(hub: TestHub, role: string): Promise<Stranger> {
	const staff = aStranger(hub, role.toLowerCase());
	const answer = await staff.post('/console/sign-in', await editor(hub).account(role));
	if (answer.status !== 303) throw new Error(`signing in as ${role} answered ${answer.status}`);
	return staff;
}
