import type { OrganizationLeaf, WebSiteLeaf } from 'schema-dts';

import { inLocale } from '#cms/content.ts';

import { present, type Setting } from './setting.ts';

const LOGO_PIXELS = 512;

/** The company in a few words, as publisher, brand owner or organiser of something else. */
export function company({ origin, site }: Pick<Setting, 'origin' | 'site'>): OrganizationLeaf {
	return {
		'@type': 'Organization',
		'@id': `${origin}/#organization`,
		name: site.brand,
		url: origin,
		logo: { '@type': 'ImageObject', url: `${origin}/icon-512.png`, width: `${LOGO_PIXELS}`, height: `${LOGO_PIXELS}` },
	};
}

/** The company with how to reach it: once, on the home page. */
export function organization(setting: Setting): OrganizationLeaf {
	const { site, locale } = setting;
	return {
		...company(setting),
		...present({
			legalName: site.legalName,
			foundingDate: site.foundedYear === null ? '' : String(site.foundedYear),
			sameAs: site.socialLinks,
			slogan: inLocale(site.tagline, locale),
			description: inLocale(site.homeLead, locale),
			email: site.contactEmail,
			telephone: site.phone,
			address: inLocale(site.address, locale),
			contactPoint: {
				'@type': 'ContactPoint' as const,
				contactType: 'sales',
				...present({ email: site.contactEmail, telephone: site.phone }),
				availableLanguage: ['en', 'zh-CN'],
			},
		}),
	};
}

/** The site in one language, with how its search is asked. */
export function website({ origin, site, locale, addresses }: Setting): WebSiteLeaf {
	const url = origin + addresses.home;
	return {
		'@type': 'WebSite',
		'@id': `${url}#website`,
		name: site.brand,
		...present({ alternateName: inLocale(site.tagline, locale) }),
		url,
		inLanguage: locale,
		publisher: { '@id': `${origin}/#organization` },
		potentialAction: {
			'@type': 'SearchAction',
			target: { '@type': 'EntryPoint', urlTemplate: `${origin}${addresses.search}?q={search_term_string}` },
			// Google's own property, which schema.org writes as an annotation of the template.
			...{ 'query-input': 'required name=search_term_string' },
		},
	};
}
