import type { Audience, Banner, ConsentText, Dealer, Form, Offer, SearchRule, SiteSettings, Slot, Term } from './content-settings.ts';
import type { Asset, Item, StageRole } from './content-item.ts';
import type { MailTemplate } from './content-mail.ts';
import type { Webinar } from './content-webinar.ts';
import type { Locale, LocalisedText } from './locale.ts';

export * from './content-item.ts';
export * from './content-mail.ts';
export * from './content-settings.ts';
export * from './content-webinar.ts';
export * from './locale.ts';
export * from './problem.ts';

export const CONTENT_TYPES = ['white_papers', 'cases', 'articles', 'products', 'webinars', 'pages'] as const;
/** Types that have a public page of their own. */
export type ContentType = (typeof CONTENT_TYPES)[number];

export interface WhitePaper extends Item {
	readonly type: 'white_papers';
	readonly number: string;
	readonly subtitle: LocalisedText;
	readonly findings: Readonly<Record<Locale, readonly string[]>>;
	/** Markdown pages; a line of `---` in the editor's text separates them. */
	readonly pages: Readonly<Record<Locale, readonly string[]>>;
	/** How many pages are open to everybody. The others leave the hub only behind a grant. */
	readonly openPages: number;
	readonly readingMinutes: number;
	readonly stageRole: StageRole;
	readonly series: string | null;
	readonly author: LocalisedText;
	readonly products: readonly string[];
	readonly cover: Asset | null;
	/** The gated original, by language; null while missing. */
	readonly pdf: Readonly<Record<Locale, Asset | null>>;
	readonly formKey: string;
}

export interface LabelledFigure {
	readonly value: string;
	readonly unit: string;
	readonly label: LocalisedText;
}

export interface Question {
	readonly question: LocalisedText;
	readonly answer: LocalisedText;
}

export interface Case extends Item {
	readonly type: 'cases';
	readonly customer: LocalisedText;
	readonly place: LocalisedText;
	readonly industry: string;
	readonly challenge: LocalisedText;
	readonly body: LocalisedText;
	readonly results: readonly LabelledFigure[];
	readonly quote: LocalisedText;
	readonly quoteBy: LocalisedText;
	readonly products: readonly string[];
	readonly stageRole: StageRole;
	readonly cover: Asset | null;
}

export const ARTICLE_KINDS = ['article', 'news', 'press'] as const;
/** What a piece is: written by an engineer, told by the company, or said by others about it. */
export type ArticleKind = (typeof ARTICLE_KINDS)[number];

export interface Article extends Item {
	readonly type: 'articles';
	readonly kind: ArticleKind;
	readonly body: LocalisedText;
	readonly author: LocalisedText;
	readonly products: readonly string[];
	readonly series: string | null;
	readonly stageRole: StageRole;
	readonly cover: Asset | null;
}

export interface Specification {
	readonly group: LocalisedText;
	readonly name: LocalisedText;
	readonly value: LocalisedText;
	readonly unit: string;
	readonly isComparable: boolean;
}

export interface Product extends Item {
	readonly type: 'products';
	readonly partNumber: string;
	/** Slug of its category, which may be a sub-category. */
	readonly category: string;
	/** Slug of the topmost category above it, which its address names. */
	readonly rootCategory: string;
	readonly tagline: LocalisedText;
	readonly body: LocalisedText;
	/** The five figures that matter. */
	readonly figures: readonly { readonly name: LocalisedText; readonly value: string; readonly unit: string }[];
	readonly specifications: readonly Specification[];
	readonly faq: readonly Question[];
	readonly priceNote: LocalisedText;
	readonly drawing: Asset | null;
	readonly gallery: readonly Asset[];
	/** A short film; public. */
	readonly video: Asset | null;
	readonly videoTitle: LocalisedText;
	readonly documents: readonly ProductDocument[];
}

export interface ProductDocument {
	readonly id: string;
	readonly kind: 'datasheet' | 'cad' | 'manual' | 'certificate';
	readonly title: LocalisedText;
	readonly language: string;
	readonly version: string;
	readonly isGated: boolean;
	readonly file: Asset | null;
}

export interface Category {
	readonly id: string;
	readonly slug: string;
	/** Slug of the category it belongs to; null at the top. */
	readonly parent: string | null;
	readonly name: LocalisedText;
	readonly summary: LocalisedText;
	readonly intro: LocalisedText;
	readonly picture: Asset | null;
}

export interface Speaker {
	readonly id: string;
	readonly slug: string;
	readonly name: LocalisedText;
	readonly role: LocalisedText;
	readonly bio: LocalisedText;
	readonly portrait: Asset | null;
}

/** A landing page made of blocks; a block of unknown kind is left out and reported. */
export interface Page extends Item {
	readonly type: 'pages';
	readonly blocks: readonly Block[];
}

/** A block of a page. With an audience it stands instead of the block before it that has none, for those who fit. */
export type Block = BlockBody & { readonly audience: Audience };

export type BlockBody =
	| { readonly kind: 'text'; readonly title: LocalisedText; readonly body: LocalisedText }
	| { readonly kind: 'figures'; readonly title: LocalisedText; readonly figures: readonly LabelledFigure[] }
	/** `<type>/<slug>` references; those that name nothing published are left out. */
	| { readonly kind: 'cards'; readonly title: LocalisedText; readonly items: readonly string[] }
	| { readonly kind: 'cta'; readonly title: LocalisedText; readonly body: LocalisedText; readonly label: LocalisedText; readonly link: string }
	| { readonly kind: 'quote'; readonly body: LocalisedText; readonly by: LocalisedText }
	/** What a slot shows; `slot`: its slug. */
	| { readonly kind: 'slot'; readonly title: LocalisedText; readonly slot: string }
	/** `title` is the caption. */
	| { readonly kind: 'picture'; readonly title: LocalisedText; readonly picture: Asset }
	| { readonly kind: 'video'; readonly title: LocalisedText; readonly body: LocalisedText; readonly video: Asset; readonly poster: Asset | null }
	| { readonly kind: 'faq'; readonly title: LocalisedText; readonly entries: readonly Question[] }
	| { readonly kind: 'form'; readonly title: LocalisedText; readonly body: LocalisedText; readonly formKey: string }
	/** Slugs of products, in the editor's order. */
	| { readonly kind: 'products'; readonly title: LocalisedText; readonly body: LocalisedText; readonly products: readonly string[] }
	/** Slugs of webinars; none: the next ones. */
	| { readonly kind: 'webinars'; readonly title: LocalisedText; readonly body: LocalisedText; readonly webinars: readonly string[] }
	| {
			readonly kind: 'steps';
			readonly title: LocalisedText;
			readonly steps: readonly { readonly title: LocalisedText; readonly body: LocalisedText }[];
	  };

/** Everything the public may see at {@link Snapshot.takenAt}: published, due, with dangling references dropped. */
export interface Snapshot {
	/** Grows with each change; part of caches' keys. */
	readonly revision: number;
	readonly takenAt: Date;
	/** The next instant at which something becomes due or goes offline, or null. */
	readonly nextDueAt: Date | null;
	readonly whitePapers: readonly WhitePaper[];
	readonly cases: readonly Case[];
	readonly articles: readonly Article[];
	readonly products: readonly Product[];
	readonly webinars: readonly Webinar[];
	readonly pages: readonly Page[];
	readonly categories: readonly Category[];
	readonly speakers: readonly Speaker[];
	readonly terms: readonly Term[];
	readonly forms: readonly Form[];
	readonly consents: readonly ConsentText[];
	readonly banners: readonly Banner[];
	readonly slots: readonly Slot[];
	readonly searchRules: readonly SearchRule[];
	readonly mailTemplates: readonly MailTemplate[];
	readonly dealers: readonly Dealer[];
	readonly offers: readonly Offer[];
	readonly site: SiteSettings;
}

export type ContentItem = WhitePaper | Case | Article | Product | Webinar | Page;
