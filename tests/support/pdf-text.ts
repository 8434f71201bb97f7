import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFObject } from '@cantoo/pdf-lib';

type Glyphs = ReadonlyMap<string, string>;

/** The text of each page as it can be selected, through the fonts' own tables; in the order it was written, without spaces added. */
export async function pdfText(bytes: Uint8Array): Promise<string[]> {
	const document = await PDFDocument.load(bytes, { updateMetadata: false });
	const open = (value: PDFObject | undefined): PDFObject | undefined => document.context.lookup(value);
	const decoded = (stream: PDFRawStream): string => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
	const entries = (value: PDFObject | undefined): [PDFName, PDFObject][] => {
		const found = open(value);
		return found instanceof PDFDict ? found.entries() : [];
	};

	const glyphsOf = (font: PDFObject | undefined): Glyphs => {
		const found = open(font);
		const table = found instanceof PDFDict ? open(found.get(PDFName.of('ToUnicode'))) : undefined;
		return table instanceof PDFRawStream ? readTable(decoded(table)) : new Map();
	};
	const textIn = (content: string, resources: PDFObject | undefined): string => {
		const found = open(resources);
		if (!(found instanceof PDFDict)) return '';
		const fonts = new Map(entries(found.get(PDFName.of('Font'))).map(([name, font]) => [name.decodeText(), glyphsOf(font)]));
		const forms = new Map(entries(found.get(PDFName.of('XObject'))).map(([name, form]) => [name.decodeText(), open(form)]));
		let glyphs: Glyphs = new Map();
		let text = '';
		for (const [, font, hex, form] of content.matchAll(/\/(\S+) [\d.]+ Tf|<([0-9a-fA-F]+)>|\/(\S+) Do/g)) {
			if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
			if (hex !== undefined) text += (hex.match(/.{4}/g) ?? []).map((code) => glyphs.get(code.toLowerCase()) ?? '').join('');
			const inner = form === undefined ? undefined : forms.get(form);
			if (inner instanceof PDFRawStream && inner.dict.get(PDFName.of('Subtype')) === PDFName.of('Form'))
				text += textIn(decoded(inner), inner.dict.get(PDFName.of('Resources')));
		}
		return text;
	};
	return document.getPages().map(({ node }) => {
		const contents = node.Contents();
		const streams = contents instanceof PDFArray ? contents.asArray().map(open) : [contents];
		const content = streams.map((stream) => (stream instanceof PDFRawStream ? decoded(stream) : (stream?.toString() ?? ''))).join('\n');
		return textIn(content, node.Resources());
	});
}

function readTable(table: string): Glyphs {
	const glyphs = new Map<string, string>();
	const said = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
	for (const [, body = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
		for (const [, from = '', , list = '', single = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)/g)) {
			const first = Number.parseInt(from, 16);
			const texts = single === '' ? (list.match(/\w+/g) ?? []) : [single];
			texts.forEach((hex, at) => glyphs.set((first + at).toString(16).padStart(4, '0'), said(hex)));
		}
	}
	for (const [, body = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
		for (const [, code = '', hex = ''] of body.matchAll(/<(\w+)>\s*<(\w+)>/g)) glyphs.set(code.toLowerCase(), said(hex));
	return glyphs;
}
