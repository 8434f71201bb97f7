import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { Accesses, Opening } from '#gating';

/** Title of the product's document that was opened; null when it is no longer published. */
export function fileTitle({ products }: Snapshot, { subject, documentId }: Opening, locale: Locale): string | null {
	const product = products.find(({ id }) => subject === `products:${id}`);
	const document = product?.documents.find(({ id }) => id === documentId);
	return document ? inLocale(document.title, locale) : null;
}

/**
 * Does what a button of `Opened.astro` says, for the persons of the lead that it stood beside and nobody else. Returns false when the
 * post was not one of these.
 */
export async function changeAccess(
	access: Pick<Accesses, 'grants' | 'revokeGrant' | 'restoreGrant' | 'revokePass' | 'revokeAllPasses'>,
	data: FormData,
	personIds: readonly string[],
	by: { readonly actor: string; readonly origin: string },
): Promise<boolean> {
	const text = (name: string) => String(data.get(name) ?? '');
	const action = text('access');
	if (action === 'revoke-pass') {
		if (personIds.includes(text('person'))) await access.revokePass(text('person'), text('pass'), by);
		return true;
	}
	if (action === 'revoke-all-passes') {
		for (const personId of personIds) await access.revokeAllPasses(personId, by);
		return true;
	}
	if (action !== 'revoke-grant' && action !== 'restore-grant') return false;
	const grants = (await Promise.all(personIds.map((personId) => access.grants(personId)))).flat();
	if (!grants.some(({ id }) => id === text('grant'))) return true;
	await (action === 'revoke-grant' ? access.revokeGrant(text('grant'), by) : access.restoreGrant(text('grant'), by));
	return true;
}
