import { createDirectusAdmin } from '../client.ts';
import { seedSample, type SeedAccount } from '../seed/seed.ts';
import { type DirectusChildInput, type RunningDirectus, startDirectus } from './child.ts';
import { provision } from './provision.ts';

export interface BringUpInput extends DirectusChildInput {
	readonly dataFolder: string;
	readonly now: Date;
	/** False leaves a new Directus empty. */
	readonly withSample?: boolean;
}

export interface BroughtUp {
	readonly directus: RunningDirectus;
	/** Accounts that the seed made at this start: print them once. */
	readonly accounts: readonly SeedAccount[];
}

/**
 * Directus with the hub's model, access and sample content: starts it, provisions it, and seeds it once. When an administrator took the
 * provisioning token away, Directus still serves content and the log says so.
 *
 * @throws Error with one sentence for people when Directus does not come up.
 */
export async function bringUpDirectus(input: BringUpInput): Promise<BroughtUp> {
	const { log, onProgress = () => undefined } = input;
	const directus = await startDirectus(input);
	try {
		const admin = createDirectusAdmin({ url: directus.url, token: directus.secrets.adminToken });
		if (!(await admin.accepts(directus.secrets.adminToken))) {
			log.warn({}, 'Directus refuses the provisioning token: the content model is left as it is');
			return { directus, accounts: [] };
		}
		onProgress('applying the content model and access');
		const { writes } = await provision({ admin, siteToken: directus.secrets.siteToken, publicSiteUrl: input.publicSiteUrl });
		if (writes > 0) log.info({ writes }, 'content model and access applied');
		const seeded = input.withSample === false ? { accounts: [] } : await seedSample({ admin, dataFolder: input.dataFolder, now: input.now, onProgress });
		return { directus, accounts: seeded.accounts };
	} catch (error) {
		await directus.stop();
		throw error;
	}
}
