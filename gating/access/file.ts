import { type Asset, type Locale, type Snapshot } from '#cms/content.ts';

/** A gated file: a paper's original, a document of a product, or a webinar's handout. */
export interface FileRef {
	/** `white_papers:<id>`, `products:<id>`, or what {@link handoutSubject} makes. */
	readonly subject: string;
	/** Id of the product's document; '' for a paper. */
	readonly documentId: string;
}

export interface GatedFile extends FileRef {
	readonly asset: Asset;
	/** Its name where it is kept by readers. */
	readonly filename: string;
	/** Of the file; '' where it has several or none. */
	readonly locale: Locale | '';
	/** Of the paper, product or webinar. */
	readonly itemId: string;
	/** True for what opens only to whom it was given; the rest opens to everybody with a pass. */
	readonly needsGrant: boolean;
}

/** The subject of grants to the handout of a webinar, which is another one than the webinar's own. */
export const handoutSubject = (webinarId: string): string => `webinars:${webinarId}#handout`;

const HANDOUT = /^webinars:([^#]+)#handout$/;

function handoutOf({ webinars }: Snapshot, subject: string, locale: Locale): GatedFile | null {
	const webinar = webinars.find(({ id }) => id === HANDOUT.exec(subject)?.[1]);
	const found = inOrder(locale).find((candidate) => webinar?.handout[candidate]);
	const asset = found && webinar?.handout[found];
	if (!webinar || !found || !asset) return null;
	const filename = `${webinar.slug}${found === 'en' ? '' : '.zh'}.pdf`;
	return { subject, documentId: '', asset, itemId: webinar.id, locale: found, filename, needsGrant: true };
}

/** The file behind a reference as it is published now; a paper's in `locale`, or in the language it exists in. Null when there is none. */
export function gatedFile(content: Snapshot, { subject, documentId }: FileRef, locale: Locale): GatedFile | null {
	const { whitePapers, products } = content;
	if (HANDOUT.test(subject) && documentId === '') return handoutOf(content, subject, locale);
	const [type, itemId = ''] = subject.split(':');
	if (type === 'white_papers' && documentId === '') {
		const paper = whitePapers.find(({ id }) => id === itemId);
		const found = inOrder(locale).find((candidate) => paper?.pdf[candidate]);
		const asset = found && paper?.pdf[found];
		if (!paper || !found || !asset) return null;
		return { subject, documentId, asset, itemId, locale: found, filename: `${paper.slug}${found === 'en' ? '' : '.zh'}.pdf`, needsGrant: false };
	}
	if (type !== 'products') return null;
	const document = products.find(({ id }) => id === itemId)?.documents.find(({ id }) => id === documentId);
	if (!document?.isGated || !document.file) return null;
	return { subject, documentId, asset: document.file, itemId, locale: '', filename: document.file.filename, needsGrant: false };
}

function inOrder(locale: Locale): readonly Locale[] {
	return locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
}
