export interface AssetRequest {
	/** A single `bytes=` range; several ranges in one request are refused with 416. */
	readonly range?: string | undefined;
	/** Pixels wanted, for pictures: the next larger of {@link ASSET_WIDTHS} is sent as WebP. */
	readonly width?: number | undefined;
	readonly format?: 'webp' | undefined;
	/** `If-None-Match` of the visitor. */
	readonly ifNoneMatch?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly head?: boolean | undefined;
}

export interface AssetAnswer {
	readonly status: 200 | 206 | 304 | 404 | 416 | 502;
	/** content-type, content-length, content-range, accept-ranges, etag, last-modified: what the edge passes on. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: ReadableStream<Uint8Array> | null;
}

/** Widths that pictures are made in; anything else would let a visitor fill the disk. */
export const ASSET_WIDTHS = [320, 640, 960, 1280, 1600] as const;

/** Key of the Directus preset that makes this width. */
export function presetOf(width: (typeof ASSET_WIDTHS)[number]): string {
	return `w${width}`;
}
