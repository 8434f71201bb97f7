import sharp from 'sharp';

/** Pixels of a printed drawing's longer side: 300 dpi at its size on the page. */
const LARGEST = 1_000;
/** What a picture may be decoded to: 100 megapixels. */
const MOST_PIXELS = 100_000_000;
/** Few colours make a drawing; what has more is a photograph. */
const DRAWN = /^(?:png|gif|svg)$/;

/** A picture as pdfkit takes it, without transparency, on white; null when it cannot be read. */
export async function printable(picture: Uint8Array): Promise<Uint8Array | null> {
	try {
		const image = sharp(picture, { limitInputPixels: MOST_PIXELS });
		const { format } = await image.metadata();
		const sized = image.rotate().resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true }).flatten({ background: '#ffffff' });
		return await (DRAWN.test(format) ? sized.png({ palette: true, colours: 64, effort: 1, dither: 0 }) : sized.jpeg({ quality: 84 })).toBuffer();
	} catch {
		return null;
	}
}
