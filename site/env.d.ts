/// <reference types="astro/client" />

declare namespace App {
	interface Locals {
		/** The one application, put here by server.ts (a fresh object for each request). */
		app: import('#app').App;
		locale: import('#cms/content.ts').Locale;
		texts: import('#kernel/texts/texts.ts').Texts;
		addresses: import('#kernel/texts/addresses.ts').Addresses;
		/** Who asks. Pages without a pass must look the same for everybody: they are cached. */
		visitor: import('#gating').Visitor;
		/** Values of the visitor's cookies, for the calls that need them. */
		cookies: import('#gating').VisitorCookies;
		/** True: the consent notice is part of the page. */
		isConsentAsked: boolean;
	}
}
