/// <reference types="astro/client" />
import type { App as Application } from '#app';
import type { Locale } from '#cms/content.ts';
import type { SetCookie, Visitor, VisitorCookies } from '#gating';
import type { Addresses } from '#kernel/texts/addresses.ts';
import type { Texts } from '#kernel/texts/texts.ts';

import type { FragmentParams } from './edge/splice/choose.ts';
import type { Marks } from './edge/splice/marks.ts';
import type { PreviewFrame } from './preview.ts';

declare global {
	namespace App {
		/** What the edge puts here for each request, and what `middleware.ts` adds for pages. */
		interface Locals {
			app: Application;
			locale: Locale;
			/** Who asks. To look at it makes the answer personal: it is not kept. Pages that everybody shares ask `reader` instead. */
			visitor: Visitor;
			/** Network prefix of the client, for limits. */
			network: string;
			requestId: string;
			setCookies(cookies: readonly SetCookie[]): void;
			/** How `Hole` says where it is. */
			marks: Marks;
			/** What `fragment.astro` is asked to render; only the hub itself asks. */
			fragment?: { readonly kind: string; readonly params: FragmentParams };

			texts: Texts;
			addresses: Addresses;
			/** The visitor of a request with a pass, whose pages are never kept; a stranger for all other requests. */
			reader: Visitor;
			/** On pages that show a draft: what the bar above them says. */
			preview?: PreviewFrame;
			/** True on every page under `/preview/` that shows or explains a draft: nothing on it can be sent. */
			isPreview?: boolean;
			/** Values of the visitor's cookies, for the calls that need them. */
			visitorCookies: VisitorCookies;
		}
	}
}
