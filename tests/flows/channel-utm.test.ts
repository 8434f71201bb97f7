import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { channelsOf, marketer, stand } from '#tests/support/channels.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const { channels, today, counts, landed } = channelsOf(() => gate);

describe('links that are not ours', () => {
	const kraftblatt = { source: 'kraftblatt', medium: '', campaign: '', channel: 'media', campaignName: '', tacticName: '' };

	test('untagged links go by the company’s rules', async () => {
		await channels().addUtmRule({ ...kraftblatt, source: 'KraftBlatt' }, marketer);
		await landed(await gate.browser().who(), '?utm_source=kraftblatt');
		expect(await counts('channel', 'media')).toMatchObject({ visits: 1 });
		expect(await channels().unknownUtm()).toEqual([]);
		await channels().removeUtmRule(kraftblatt, marketer);
		await landed(await gate.browser().who(), '?utm_source=kraftblatt');
		expect(await counts('channel', 'other')).toMatchObject({ visits: 1 });
		expect(await channels().unknownUtm()).toEqual([{ source: 'kraftblatt', medium: '', campaign: '', visits: 1, lastDay: today() }]);
		await channels().addUtmRule({ ...kraftblatt, campaignName: 'Spring 2026', tacticName: 'Advert' }, marketer);
		expect(await channels().unknownUtm()).toEqual([]);
	});

	test('an address tells where it goes, and by what', async () => {
		await channels().addSource(stand, marketer);
		await channels().addUtmRule({ ...kraftblatt, campaignName: 'Spring 2026', tacticName: 'Advert' }, marketer);
		await channels().addUtmRule({ ...kraftblatt, medium: 'print', channel: 'association' }, marketer);
		const tried = async (address: string) => channels().tryAddress(address);
		expect(await tried('https://hub.example/webinars/x?utm_source=KraftBlatt&utm_medium=print')).toMatchObject({
			channel: 'media',
			by: 'own',
			tacticName: 'Advert',
		});
		await channels().raiseUtmRule({ ...kraftblatt, medium: 'print' }, marketer);
		expect(await tried('/webinars/x?utm_source=KraftBlatt&utm_medium=print')).toMatchObject({ channel: 'association', by: 'own', tacticName: null });
		expect(await tried('/?utm_id=hm26')).toMatchObject({ channel: 'fair', by: 'link', campaignName: 'Spring 2026' });
		expect(await tried('/?utm_medium=cpc')).toMatchObject({ channel: 'paid-search', by: 'shipped' });
		expect(await tried('/?utm_source=nobody')).toMatchObject({ channel: 'other', by: 'unknown', rule: null });
		expect(await tried('/white-papers/p1')).toMatchObject({ channel: 'direct', by: 'none' });
		expect(await tried('http://[')).toBeNull();
		expect((await channels().counts('channel', '2000-01-01', '2100-01-01')).size).toBe(0);
	});

	test('goes with a form by the tags of the page it stood on, without consent and without a script', async () => {
		const source = await channels().addSource(stand, marketer);
		const visitor = await gate.browser().who();
		const arrival = await channels().arrival({ query: '?utm_source=hm26&utm_medium=fair&utm_id=hm26', visitor, network: '192.0.2.9' });
		expect(arrival).toMatchObject({ channel: 'fair', sourceId: source.id });
		await gate.gating.forms.submit(gate.form(visitor, {}, { channel: arrival.channel, arrival }));
		const { personId } = (await gate.gating.access.confirm((await gate.deliver()) ?? '', { visitor, email: null, network: null })) as {
			personId: string;
		};
		expect((await channels().touchesOf(personId)).map(({ kind, channel, sourceId }) => [kind, channel, sourceId])).toEqual([
			['request', 'fair', source.id],
		]);
		expect(gate.bytes()).not.toContain('192.0.2.9');
	});
});
