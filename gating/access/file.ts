import { type Asset, type Locale, type Snapshot } from '#cms/content.ts';

/** A gated file: a paper's original, or a document of a product. */
export interface FileRef {
	/** `white_papers:<id>` or `products:<id>`. */
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
	/** Of the paper or product. */
	readonly itemId: string;
}

/** The file behind a reference as it is published now; a paper's in `locale`, or in the language it exists in. Null when there is none. */
export function gatedFile({ whitePapers, products }: Snapshot, { subject, documentId }: FileRef, locale: Locale): GatedFile | null {
	const [type, itemId = ''] = subject.split(':');
	if (type === 'white_papers' && documentId === '') {
		const paper = whitePapers.find(({ id }) => id === itemId);
		const found = inOrder(locale).find((candidate) => paper?.pdf[candidate]);
		const asset = found && paper?.pdf[found];
		if (!paper || !found || !asset) return null;
		return { subject, documentId, asset, itemId, locale: found, filename: `${paper.slug}${found === 'en' ? '' : '.zh'}.pdf` };
	}
	if (type !== 'products') return null;
	const document = products.find(({ id }) => id === itemId)?.documents.find(({ id }) => id === documentId);
	if (!document?.isGated || !document.file) return null;
	return { subject, documentId, asset: document.file, itemId, locale: '', filename: document.file.filename };
}

function inOrder(locale: Locale): readonly Locale[] {
	return locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
}
