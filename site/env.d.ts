/// <reference types="astro/client" />

declare namespace App {
	/** What the edge puts here for each request, and what `middleware.ts` adds for pages. */
	interface Locals {
		app: import('#app').App;
		locale: import('#cms/content.ts').Locale;
		/** Who asks. To look at it makes the answer personal: it is not kept. Pages that everybody shares ask `reader` instead. */
		visitor: import('#gating').Visitor;
		/** Network prefix of the client, for limits. */
		network: string;
		requestId: string;
		setCookies(cookies: readonly import('#gating').SetCookie[]): void;

		texts: import('#kernel/texts/texts.ts').Texts;
		addresses: import('#kernel/texts/addresses.ts').Addresses;
		/** The visitor of a request with a pass, whose pages are never kept; a stranger for all other requests. */
		reader: import('#gating').Visitor;
		/** Values of the visitor's cookies, for the calls that need them. */
		visitorCookies: import('#gating').VisitorCookies;
	}
}
