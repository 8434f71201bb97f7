/** Where a token comes from, and what a refusal means for the page. */
export type Grant =
	| {
			readonly status: 'granted';
			readonly url: string;
			readonly token: string;
			readonly identity: string;
			readonly role: 'host' | 'speaker' | 'viewer';
	  }
	| { readonly status: 'full'; readonly overflow: string | null }
	| { readonly status: 'not-live' | 'refused' | 'banned' | 'stage-full' | 'unknown' | 'unavailable' };

/** Asks the hub for a token. */
export async function askGrant(address: string): Promise<Grant> {
	try {
		const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
		const said = (await answer.json()) as Grant | { readonly status: number };
		return typeof said.status === 'string' ? (said as Grant) : { status: 'unavailable' };
	} catch {
		return { status: 'unavailable' };
	}
}
