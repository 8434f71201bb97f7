import { PDFDocument, degrees } from '@cantoo/pdf-lib';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { audit } from '#kernel/schema.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { createGate, type Gate, P1 } from '#tests/support/gate.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { aPrintRoom, bytesIn, type PrintRoom } from '#tests/support/print.ts';

const ASSET = 'asset-p1-en';
const PAGES = 5;
let original: Uint8Array;
let gate: Gate;
let room: PrintRoom;
const assets = new Map<string, Uint8Array>();

beforeAll(async () => {
	const document = await PDFDocument.create();
	document.setTitle('Paper p1');
	for (let at = 0; at < PAGES; at++) document.addPage([595, 842]).setRotation(degrees(at * 90));
	original = await document.save();
});
beforeEach(async () => {
	gate = await createGate();
	assets.clear();
	assets.set(ASSET, original);
	room = aPrintRoom(gate, assets);
});
afterEach(async () => {
	await room.close();
	await gate.close();
});

/** A person asks for the paper, proves their mail and asks for the file: what the link opens. */
async function opened(name: string, email: string) {
	const steps = stepsOf(gate);
	const { browser, token } = await steps.submitAndMail(gate.browser(), { name, email });
	await steps.confirm(browser, token);
	const granted = await gate.gating.access.requestDownload(await browser.who(), P1, 'en');
	const link = await gate.gating.access.openDownload(granted.status === 'granted' ? granted.url.replace('/d/', '') : '', await browser.who());
	if (link.status !== 'open') throw new Error(link.status);
	return link;
}
async function stampedFor(name: string, email: string) {
	const link = await opened(name, email);
	const outcome = await room.press.stamped(link);
	if (outcome.status !== 'stamped') throw new Error(outcome.status);
	return { link, printed: outcome.printed };
}

describe('a paper that is downloaded', () => {
	test('carries its reader’s name, mail and date on each page, in Chinese too, and has as many pages as before', async () => {
		const { printed } = await stampedFor('欧阳喆', 'ouyang@packline.example');
		const bytes = await bytesIn(printed);
		const pages = await pdfText(bytes);
		expect(pages).toHaveLength(PAGES);
		for (const text of pages) expect(text).toContain('欧阳喆 · ouyang@packline.example · 2 Mar 2026');
		const document = await PDFDocument.load(bytes, { updateMetadata: false });
		expect([document.getTitle(), document.getAuthor()]).toEqual(['Paper p1', undefined]);
	});

	test('is the same bytes at each download, in any parts, and made once', async () => {
		const { link, printed } = await stampedFor('Ada Keller', 'ada@packline.example');
		const whole = await bytesIn(printed);
		gate.pass(DAY_MS);
		const again = await Promise.all([room.press.stamped(link), room.press.stamped(link)]);
		for (const outcome of again) {
			if (outcome.status !== 'stamped') throw new Error(outcome.status);
			expect((await bytesIn(outcome.printed)).equals(whole)).toBe(true);
			expect((await buffer(await outcome.printed.read({ start: 100, end: 299 }))).equals(whole.subarray(100, 300))).toBe(true);
		}
		expect(room.asked()).toBe(1);
	});

	test('is another file for another reader, and each making is in the audit log without a name', async () => {
		const [ada, wei] = [await stampedFor('Ada Keller', 'ada@packline.example'), await stampedFor('王伟', 'wang@packline.example')];
		expect(ada.printed.file.hash).not.toBe(wei.printed.file.hash);
		expect((await pdfText(await bytesIn(wei.printed))).join()).not.toContain('Ada');
		const entries = await gate.db.read.select().from(audit).where(eq(audit.action, 'paper.stamp'));
		expect(entries.map(({ actor, subject }) => [actor, subject])).toEqual(
			[ada, wei].map(({ link }) => [`person:${link.personId}`, 'white_papers:p1']),
		);
		expect(JSON.stringify(entries)).not.toContain('packline');
	});

	test('lies encrypted, and is gone with its reader', async () => {
		const { link } = await stampedFor('Ada Keller', 'ada@packline.example');
		expect(room.stored().includes('%PDF')).toBe(false);
		await gate.db.write(async (tx) => room.files.personalData.erase(tx, link.personId));
		await gate.gating.privacy.erase(link.personId, 'staff:1');
		await room.removeErased();
		expect(room.stored()).toHaveLength(0);
		expect(await room.press.stamped(link)).toEqual({ status: 'plain' });
	});
});

describe('a file that cannot be written on', () => {
	test.each([
		['is no PDF at all', () => Promise.resolve(new TextEncoder().encode('<html>not a paper</html>'))],
		[
			'is encrypted',
			async () => {
				const document = await PDFDocument.load(original);
				document.encrypt({ ownerPassword: 'owner', userPassword: 'user' });
				return document.save();
			},
		],
	])('because it %s goes out as it is, and editors are told', async (_why, make) => {
		assets.set(ASSET, await make());
		const link = await opened('Ada Keller', 'ada@packline.example');
		expect(await room.press.stamped(link)).toEqual({ status: 'plain' });
		expect(room.press.problems()).toMatchObject([{ code: 'unstampable-file', collection: 'white_papers', itemId: 'p1' }]);
		await room.press.stamped(link);
		expect(room.asked()).toBe(1);
	});
});
