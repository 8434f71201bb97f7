import type { AssetAnswer, AssetRequest } from '../asset.ts';
import type { Asset } from '../content.ts';

export type OpenAsset = (id: string, request?: AssetRequest) => Promise<AssetAnswer>;

/** Larger pictures are asked for in a size of their own, which the CMS makes and keeps. */
const LARGEST_ORIGINAL = 3 * 1_048_576;
const WIDTH = 1_280;

/** A picture's bytes, or null when it cannot be had: what it stands in is made without it. */
export async function pictureOf(open: OpenAsset, asset: Asset): Promise<Uint8Array | null> {
	try {
		return await bytesOf(open, asset, asset.sizeBytes > LARGEST_ORIGINAL ? { width: WIDTH, format: 'webp' } : {});
	} catch {
		return null;
	}
}

/** A file's bytes, in memory of their own that can be handed to another thread. @throws Error when they cannot be had. */
export async function bytesOf(open: OpenAsset, asset: Asset, request: AssetRequest = {}): Promise<Uint8Array> {
	const answer = await open(asset.id, request);
	if (answer.status !== 200 || answer.body === null) {
		await answer.body?.cancel();
		throw new Error(`the file ${asset.id} could not be read (${answer.status})`);
	}
	let bytes = new Uint8Array(Number(answer.headers['content-length'] ?? asset.sizeBytes));
	let used = 0;
	for await (const chunk of answer.body) {
		if (used + chunk.length > bytes.length) bytes = grown(bytes, used + chunk.length);
		bytes.set(chunk, used);
		used += chunk.length;
	}
	return used === bytes.length ? bytes : bytes.slice(0, used);
}

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
	larger.set(bytes);
	return larger;
}
