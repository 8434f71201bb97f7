import type { Locale, LocalisedText } from './locale.ts';

/** A stage of the buyer's way that a piece is written for ("stage role" in the glossary). */
export type StageRole = 'awareness' | 'consideration' | 'decision';

/** What every published item has. */
export interface Item {
	readonly id: string;
	readonly slug: string;
	/** Languages it is published in; never empty. */
	readonly languages: readonly Locale[];
	readonly title: LocalisedText;
	readonly summary: LocalisedText;
	readonly publishedAt: Date;
	/** Instant it goes offline, or null. */
	readonly unpublishAt: Date | null;
	readonly updatedAt: Date;
	/** Term slugs. */
	readonly topics: readonly string[];
	readonly industries: readonly string[];
	readonly roles: readonly string[];
	readonly seoTitle: LocalisedText;
	readonly seoDescription: LocalisedText;
}

/** A picture or file of the CMS. Its bytes come from `Cms.asset`, never from a public address of Directus. */
export interface Asset {
	readonly id: string;
	readonly filename: string;
	/** What a picture shows, for those who cannot see it; '' where nobody described it. */
	readonly description: string;
	readonly mediaType: string;
	readonly sizeBytes: number;
	/** Pixels, for pictures; otherwise null. */
	readonly width: number | null;
	readonly height: number | null;
	/** Changes with the file's bytes: part of its immutable address. */
	readonly version: string;
	/** Only assets of the public folder may be served without a grant. */
	readonly isPublic: boolean;
}
