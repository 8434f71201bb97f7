import { type Attachment, type ParsedMail, simpleParser, type SimpleParserOptions } from 'mailparser';

/** What a mail server or a mailbox provider reports of a mail we sent. */
export interface MailAnswer {
	/** `hard`: there is no such mailbox. `soft`: not now, or not this mail. `complaint`: the reader called it spam. */
	readonly kind: 'hard' | 'soft' | 'complaint';
	/** Id of the message, from its Message-ID or from the address that the report went to; null when the report tells neither. */
	readonly messageId: string | null;
	/** Whom it had been sent to, lower case, as far as the report says. */
	readonly recipients: readonly string[];
}

/** Enhanced status codes of an address that does not exist or was closed. Sources: https://www.rfc-editor.org/rfc/rfc3463#section-3.2, https://www.rfc-editor.org/rfc/rfc7505#section-4.1 */
const GONE = /^5\.(?:1\.(?:[1236]|10)|2\.1)$/;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The types leave out the option that keeps the report a part of its own. */
const PARSING: SimpleParserOptions & { readonly keepDeliveryStatus: true } = {
	...{ skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, keepDeliveryStatus: true },
};

/**
 * Reads a delivery status notification or an abuse report; null for any other mail, and for reports of mail that went or only waits.
 *
 * Sources: https://www.rfc-editor.org/rfc/rfc3464, https://www.rfc-editor.org/rfc/rfc5965
 */
export async function readMailAnswer(raw: Buffer): Promise<MailAnswer | null> {
	const mail = await simpleParser(raw, PARSING);
	const report = partOf(mail, 'message/feedback-report');
	if (report) return complaintOf(mail, fieldsOf(text(report)));
	const status = partOf(mail, 'message/delivery-status');
	return status ? failureOf(mail, text(status)) : null;
}

type Fields = ReadonlyMap<string, string>;

function complaintOf(mail: ParsedMail, fields: Fields): MailAnswer | null {
	const type = fields.get('feedback-type')?.toLowerCase();
	if (type !== 'abuse' && type !== 'fraud') return null;
	return { kind: 'complaint', messageId: idOf(mail), recipients: addressesOf([fields.get('original-rcpt-to')]) };
}

function failureOf(mail: ParsedMail, status: string): MailAnswer | null {
	const failed = status
		.replaceAll('\r\n', '\n')
		.split(/\n{2,}/)
		.map(fieldsOf)
		.filter((fields) => fields.get('action')?.toLowerCase() === 'failed');
	if (failed.length === 0) return null;
	const isGone = failed.some((fields) => GONE.test(fields.get('status')?.split(/\s/)[0] ?? ''));
	const recipients = addressesOf(failed.flatMap((fields) => [fields.get('original-recipient'), fields.get('final-recipient')]));
	return { kind: isGone ? 'hard' : 'soft', messageId: idOf(mail), recipients };
}

/** Of the mail that is reported of, or of the address that the report was sent to. */
function idOf(mail: ParsedMail): string | null {
	const original = partOf(mail, 'message/rfc822') ?? partOf(mail, 'text/rfc822-headers') ?? partOf(mail, 'message/rfc822-headers');
	const stated = original ? /^message-id:\s*<([^@>]+)@/im.exec(text(original))?.[1] : undefined;
	const to = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
	const returned = to.map((address) => /\+([^@]+)@/.exec(address)?.[1]).find(Boolean);
	const answered = [mail.inReplyTo ?? '', ...[mail.references ?? []].flat()].join(' ');
	for (const candidate of [stated, returned, answered]) {
		const found = ID.exec(candidate ?? '');
		if (found) return found[0].toLowerCase();
	}
	return null;
}

const partOf = (mail: ParsedMail, type: string): Attachment | undefined => mail.attachments.find(({ contentType }) => contentType === type);

const text = ({ content }: Attachment): string => content.toString('latin1');

/** Header-like lines, folded ones joined; names in lower case. */
function fieldsOf(block: string): Fields {
	const lines = block.replaceAll('\r\n', '\n').replace(/\n[ \t]+/g, ' ').split('\n'); // prettier-ignore
	return new Map(
		lines.flatMap((line) => {
			const colon = line.indexOf(':');
			return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
		}),
	);
}

/** `rfc822; someone@example.com` and `<someone@example.com>` as plain addresses. */
function addressesOf(values: readonly (string | undefined)[]): string[] {
	return values.flatMap((value) => {
		const found = /[^\s;<>]+@[^\s;<>]+/.exec(value ?? '');
		return found ? [found[0].toLowerCase()] : [];
	});
}
