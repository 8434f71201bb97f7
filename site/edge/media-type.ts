const TYPES: Readonly<Record<string, string>> = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.mjs': 'text/javascript; charset=utf-8',
	'.mp4': 'video/mp4',
	'.pdf': 'application/pdf',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.vtt': 'text/vtt; charset=utf-8',
	'.webm': 'video/webm',
	'.webmanifest': 'application/manifest+json',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml',
};

const SHOWN = /^(?:image\/(?:png|jpeg|webp|gif|avif|svg\+xml)|video\/(?:mp4|webm)|audio\/[a-z0-9.+-]+|application\/pdf|text\/plain)$/;

/** Pictures of dots, which the CMS makes smaller; drawings have no size of their own. */
const SCALABLE = /^image\/(?:png|jpeg|webp|avif|tiff)$/;

/** The media type of a file name's extension, as `.css`. */
export function mediaTypeOf(extension: string): string {
	return TYPES[extension.toLowerCase()] ?? 'application/octet-stream';
}

/** True for types that a browser may show from our own origin; everything else, HTML first of all, is only saved. */
export function isShown(mediaType: string): boolean {
	return SHOWN.test(mediaType.split(';')[0]!.trim().toLowerCase());
}

/**
 * A `Content-Disposition` value for any name: plain ASCII for old readers, the name itself for the others.
 * Source: RFC 6266, section 4.3; RFC 8187.
 */
export function contentDisposition(kind: 'attachment' | 'inline', filename: string): string {
	const name =
		[...filename]
			.filter((char) => char >= ' ' && char !== '\u007f')
			.join('')
			.replaceAll(/[\\/]/g, '-') || 'file';
	const plain = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
	const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
	return plain === name ? `${kind}; filename="${plain}"` : `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** True for pictures that are sent in the width that was asked for. */
export function isScalable(mediaType: string): boolean {
	return SCALABLE.test(mediaType);
}
