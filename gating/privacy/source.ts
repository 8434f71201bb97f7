import type { Handle } from '#kernel/database.ts';

/** A folder that keeps data of persons: what it holds, and how it forgets. Called inside one transaction. */
export interface PersonalDataSource {
	/** Name of the part in the export: `webinars`. */
	readonly name: string;
	/** Everything of the person that may be shown to them, JSON-able. */
	export(tx: Handle, personId: string): Promise<unknown>;
	/** True while something of the person lies ahead that needs them; nothing is cleared away before. */
	isNeeded?(read: Handle, personId: string): Promise<boolean>;
	/** Removes or cuts loose everything of the person that their destroyed key does not already hide. */
	erase(tx: Handle, personId: string): Promise<void>;
}
