import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { EnteredLead } from '#gating';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { peopleOf, stateOf } from '#tests/support/imports.ts';

const sales = { actor: 'staff:s', origin: '', seesPeople: true };
let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const NOBODY = { name: '', email: '', phone: '', company: '', jobTitle: '', region: '', industry: '', note: '' };

const entry = (answers: Partial<EnteredLead['answers']>, over: Partial<EnteredLead> = {}): EnteredLead => ({
	answers: { ...NOBODY, ...answers },
	noteHeading: 'Note',
	channel: 'fair',
	contactedAt: new Date('2026-03-01T12:00:00Z'),
	locale: 'en',
	country: 'DE',
	basis: { kind: 'request', purposes: [], statement: '' },
	...over,
});
const anna = {
	name: 'Anna "Ann" Keller, Dr.',
	email: 'Anna.Keller@Bottling.example',
	phone: '0170 8130562',
	company: '=Bottling AG',
	note: 'Needs\n40 drives',
};

describe('a lead entered by hand', () => {
	test('is a new lead with what was entered, and its note beside it', async () => {
		const result = await gate.gating.imports.enter(entry(anna), sales);
		expect(result).toMatchObject({ outcome: 'accept', isKnown: false, reasons: [] });
		const view = await gate.gating.leads.get(result.leadId ?? '', sales);
		const kept = await gate.gating.privacy.export(view?.persons[0]?.personId ?? '', 'staff:a');
		expect(JSON.stringify(kept)).toContain('Needs 40 drives');
		const [person] = await peopleOf(gate.db, gate.keys);
		expect(person).toContain('anna.keller@bottling.example');
		expect(person).toContain('+491708130562');
		expect(person).toContain('=Bottling AG');
	});

	test('who asked for a paper before keeps their own words', async () => {
		const browser = gate.browser();
		await gate.gating.forms.submit(gate.form(await browser.who(), { name: 'Anna Keller', email: 'anna.keller@bottling.example' }));
		const token = (await gate.deliver()) ?? '';
		await gate.gating.access.confirm(token, await browser.use());
		const result = await gate.gating.imports.enter(entry({ ...anna, name: 'A. K.' }), sales);
		expect(result.isKnown).toBe(true);
		expect(await peopleOf(gate.db, gate.keys)).toEqual([expect.stringContaining('Anna Keller')]);
	});

	test('is cleaned like a list', async () => {
		const result = await gate.gating.imports.enter(entry({ ...anna, phone: '13888888888' }, { country: 'CN' }), sales);
		expect(result).toMatchObject({ outcome: 'quarantine', reasons: ['phone-repeats-digits'] });
	});

	test('can be undone', async () => {
		const before = await stateOf(gate.db, gate.keys);
		const { importId } = await gate.gating.imports.enter(entry(anna), sales);
		await gate.gating.imports.undo(importId, sales);
		await gate.gating.imports.work(importId);
		expect(await stateOf(gate.db, gate.keys)).toEqual(before);
		expect(await gate.gating.imports.entered(importId)).toMatchObject({ leadId: null });
	});

	test.each<readonly [string, EnteredLead, string, string]>([
		['nobody', entry({ name: 'Anna' }), 'email', 'no-contact'],
		['half an address', entry({ email: 'anna@' }), 'email', 'mail-syntax'],
		['a word for a phone', entry({ phone: 'call me' }), 'phone', 'phone'],
		['too long a name', entry({ ...anna, name: 'x'.repeat(121) }), 'name', 'too-long'],
		['a NUL', entry({ ...anna, note: 'a\0b' }), 'note', 'characters'],
		['a day to come', entry(anna, { contactedAt: new Date('2026-04-01T12:00:00Z') }), 'contacted', 'date-future'],
		['no day', entry(anna, { contactedAt: new Date(Number.NaN) }), 'contacted', 'required'],
		['a channel that is not there', entry(anna, { channel: 'nowhere' }), 'channel', 'choice'],
		['consent to nothing', entry(anna, { basis: { kind: 'consent', purposes: [], statement: 'said so' } }), 'purposes', 'required'],
	])('with %s is refused, field by field, and nothing is kept', async (_what, given, field, code) => {
		await expect(gate.gating.imports.enter(given, sales)).rejects.toMatchObject({ code: 'invalid', fields: [{ field, code }] });
		expect(await gate.gating.imports.list()).toEqual([]);
	});
});
