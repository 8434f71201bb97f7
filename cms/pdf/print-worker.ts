import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import type { PosterText } from '../poster/layout.ts';
import type { SharePictureText } from '../share-picture/draw.ts';
import type { BriefText } from './brief.ts';
import type { BrochureText } from './brochure-text.ts';
import type { CertificateText } from './certificate.ts';
import type { PaperText } from './paper.ts';
import type { ProductDocumentText } from './product.ts';
import type { ReportText } from './report.ts';
import type { StampText } from './stamp.ts';
import type { TicketText } from './ticket.ts';
import type { PosterPaper } from '../poster/draw.ts';

/** What the worker is asked. */
export type PrintRequest =
	| { readonly kind: 'paper'; readonly text: PaperText }
	| { readonly kind: 'brief'; readonly text: BriefText }
	| { readonly kind: 'certificate'; readonly text: CertificateText }
	| { readonly kind: 'ticket'; readonly text: TicketText }
	| { readonly kind: 'report'; readonly text: ReportText }
	| { readonly kind: 'product'; readonly text: ProductDocumentText }
	| { readonly kind: 'brochure'; readonly text: BrochureText; readonly drawings: readonly (Uint8Array | null)[] }
	| { readonly kind: 'stamp'; readonly text: StampText; readonly original: Uint8Array }
	| {
			readonly kind: 'poster';
			readonly format: 'png' | 'pdf';
			readonly paper: PosterPaper;
			readonly text: PosterText;
			readonly picture: Uint8Array | null;
	  }
	| { readonly kind: 'share-picture'; readonly text: SharePictureText; readonly picture: Uint8Array | null };

export interface Printed {
	readonly bytes: Uint8Array;
	/** 0 for pictures. */
	readonly pages: number;
}

/** Each kind loads what it needs, and only then: a stamp does not wait for what draws pictures. */
async function print(request: PrintRequest): Promise<Printed> {
	switch (request.kind) {
		case 'paper': {
			const { paperPdf } = await import('./paper.ts');
			return { bytes: new Uint8Array(await paperPdf(request.text)), pages: 0 };
		}
		case 'brief': {
			const { briefPdf } = await import('./brief.ts');
			return { bytes: new Uint8Array(await briefPdf(request.text)), pages: 1 };
		}
		case 'certificate': {
			const { certificatePdf } = await import('./certificate.ts');
			return { bytes: new Uint8Array(await certificatePdf(request.text)), pages: 1 };
		}
		case 'ticket': {
			const { ticketPdf } = await import('./ticket.ts');
			return { bytes: new Uint8Array(await ticketPdf(request.text)), pages: 1 };
		}
		case 'report': {
			const { reportPdf } = await import('./report.ts');
			return { bytes: new Uint8Array(await reportPdf(request.text)), pages: 0 };
		}
		case 'product': {
			const { productPdf } = await import('./product.ts');
			return { bytes: new Uint8Array(await productPdf(request.text)), pages: 0 };
		}
		case 'brochure': {
			const [{ brochurePdf }, { printable }] = await Promise.all([import('./brochure.ts'), import('./picture.ts')]);
			return brochurePdf(request.text, await Promise.all(request.drawings.map(async (picture) => picture && printable(picture))));
		}
		case 'stamp': {
			const { stampPdf } = await import('./stamp.ts');
			return stampPdf(request.original, request.text);
		}
		case 'poster': {
			const { drawPoster, printPoster } = await import('../poster/draw.ts');
			const { format, paper, text, picture } = request;
			return format === 'png' ? { bytes: await drawPoster(text, picture), pages: 0 } : { bytes: await printPoster(text, picture, paper), pages: 1 };
		}
		case 'share-picture': {
			const { drawSharePicture } = await import('../share-picture/draw.ts');
			return { bytes: await drawSharePicture(request.text, request.picture), pages: 0 };
		}
	}
}

/** A third of a request's share of a busy processor. */
const NICE = 5;

/** Where the system lets a thread have a priority of its own, requests go before prints. */
function stepBack(): void {
	try {
		const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
		if (thread !== process.pid) setPriority(thread, NICE);
	} catch {
		// It then competes as any other.
	}
}

if ((workerData as { readonly isPatient: boolean }).isPatient) stepBack();
parentPort?.on('message', (request: PrintRequest) => {
	print(request).then(
		(printed) => parentPort?.postMessage(printed, [printed.bytes.buffer as ArrayBuffer]),
		(error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
	);
});
