import { parentPort } from 'node:worker_threads';

import { paperPdf, type PaperText } from './paper.ts';
import { productPdf, type ProductDocumentText } from './product.ts';

/** What the worker is asked: a paper or a document of a product. */
export type PrintRequest = { readonly kind: 'paper'; readonly text: PaperText } | { readonly kind: 'product'; readonly text: ProductDocumentText };

parentPort?.on('message', (request: PrintRequest) => {
	const printed = request.kind === 'paper' ? paperPdf(request.text) : productPdf(request.text);
	printed.then(
		(bytes) => parentPort?.postMessage({ bytes: new Uint8Array(bytes) }),
		(error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
	);
});
