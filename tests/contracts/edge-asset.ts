import type { AssetAnswer, AssetRequest } from '#cms';

/** A body that is a file of the CMS in these tests. */
export const ORIGINAL = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

/** What the CMS answers for a file: whole, a range of it, or nothing for `gone`. */
export function originalAsset(id: string, request: AssetRequest = {}): Promise<AssetAnswer> {
	if (id === 'gone') return Promise.resolve({ status: 404, headers: {}, body: null });
	const range = /^bytes=(\d+)-(\d+)$/.exec(request.range ?? '');
	const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, ORIGINAL.length - 1];
	const part = ORIGINAL.subarray(start, end + 1);
	return Promise.resolve({
		status: range ? 206 : 200,
		headers: {
			'content-type': request.format === 'webp' ? 'image/webp' : 'application/pdf',
			'content-length': String(part.length),
			'accept-ranges': 'bytes',
			...(range ? { 'content-range': `bytes ${start}-${end}/${ORIGINAL.length}` } : {}),
		},
		body: request.head ? null : new Blob([part]).stream(),
	});
}
