import { expect, test } from 'vitest';

import { CALM, type Signs, type Suspicion, suspicionOf } from './suspicion.ts';

const calm: Signs = { network: 1, mails: 1, neighbourhood: 1, everywhere: 1, lacksToken: false };

test.each<[string, Partial<Signs>, Suspicion]>([
	['one form', {}, 'none'],
	['a busy office', { network: CALM.network, mails: CALM.mails }, 'none'],
	['one more from it', { network: CALM.network + 1 }, 'network'],
	['many addresses', { network: CALM.mails + 1, mails: CALM.mails + 1 }, 'mails'],
	['a busy provider', { neighbourhood: CALM.neighbourhood }, 'none'],
	['a botnet in its networks', { neighbourhood: CALM.neighbourhood + 1 }, 'neighbourhood'],
	['a campaign that works', { everywhere: CALM.everywhere }, 'none'],
	['a wave from everywhere', { everywhere: CALM.everywhere + 1 }, 'everywhere'],
	['script without the token that script fetches', { lacksToken: true }, 'token'],
	['all at once: the nearest reason', { network: 99, mails: 99, neighbourhood: 999, everywhere: 9_999, lacksToken: true }, 'network'],
])('%s: %j → %s', (_case, signs, suspicion) => {
	expect(suspicionOf({ ...calm, ...signs })).toBe(suspicion);
});
