import { parse } from 'tldts';

import { isDisposableMail, isFreeMail, isListed } from '../cleaning/mail.ts';

/** Why a mail domain names no company. */
export type SharedReason = 'free' | 'disposable' | 'provider' | 'university' | 'platform' | 'no-domain';

/** What a mail domain says of a company: the domain its account goes by, or why it says nothing. */
export type CompanyDomain = { readonly kind: 'company'; readonly domain: string } | { readonly kind: 'shared'; readonly reason: SharedReason };

/** Networks that give addresses to their customers, beside the lists of free mail. */
const PROVIDERS = new Set(
	(
		'hispeed.ch sunrise.ch netcologne.de telus.net vodafone.de kabelmail.de ewetel.net osnanet.de htp-tel.de unitybox.de swissonline.ch quickline.ch ' +
		'upcmail.nl kpnmail.nl casema.nl planet.nl proximus.be scarlet.be numericable.fr neuf.fr club-internet.fr bbox.fr alice.it fastwebnet.it aruba.it ' +
		'pec.it telefonica.net ono.com sapo.pt telia.com tele2.se bredband.net online.no broadpark.no mail.dk stofanet.dk elisanet.fi kolumbus.fi wp.eu ' +
		'interia.eu seznam.eu centrum.sk azet.sk rogers.com videotron.ca sympatico.ca cox.net charter.net earthlink.net centurylink.net frontier.com ' +
		'windstream.net optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz hinet.net seed.net.tw pchome.com.tw netvigator.com singnet.com.sg pacific.net.sg ' +
		'starhub.net.sg unifi.my streamyx.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp ocn.ne.jp nifty.com biglobe.ne.jp so-net.ne.jp dion.ne.jp plala.or.jp ' +
		'ybb.ne.jp naver.com daum.net hanmail.net chinaren.com 51.com 163vip.com cmcc.cn chinamobile.net china.com gd.cn sh163.net public.sh.cn online.sh.cn'
	).split(' '),
);
/** Tenants and subdomains of these are anybody's; the public-suffix list knows many more. */
const PLATFORMS = new Set(
	'onmicrosoft.com onmicrosoft.us partner.onmschina.cn onmschina.cn mail.onmicrosoft.com gsuite.com shopifyemail.com zohomail.com zohocorp.eu larksuite.com feishu.cn mailchimpapp.net amazonses.com sendgrid.net mcsv.net'.split(
		' ',
	),
);
/** Universities that have no ending of their own; students and graduates keep such addresses. */
const UNIVERSITIES = new Set(
	(
		'ethz.ch epfl.ch unibas.ch unibe.ch unisg.ch uzh.ch zhaw.ch ost.ch fhnw.ch hslu.ch bfh.ch supsi.ch tum.de lmu.de kit.edu tu.berlin fu-berlin.de ' +
		'hu-berlin.de rwth-aachen.de uni-stuttgart.de haw-hamburg.de fau.de tuwien.ac.at tugraz.at jku.at univie.ac.at tudelft.nl tue.nl utwente.nl kuleuven.be ' +
		'ugent.be polimi.it polito.it unibo.it upc.edu upm.es chalmers.se kth.se liu.se lth.se ntnu.no dtu.dk aau.dk aalto.fi tuni.fi polytechnique.fr insa-lyon.fr ' +
		'pw.edu.pl cvut.cz nus.edu.sg ntu.edu.sg'
	).split(' '),
);
const ACADEMIC_ENDING = /^(?:edu|ac)(?:\.[a-z]{2})?$/;
const ACADEMIC_LABEL =
	/^(?:uni|univ|tu|th|fh|hs|hochschule|universit[a-z]*|student|students|stud|alumni)(?:-|$)|(?:university|hochschule|universit[aäy])/;

/**
 * What the mail domain of an address says of its company: `mail.eu.halden.co.uk` is `halden.co.uk`. Free and disposable mail, customers of
 * networks, universities and tenants of platforms share a domain without sharing a company.
 */
export function companyDomain(host: string): CompanyDomain {
	const name = host.normalize('NFKC').trim().toLowerCase().replace(/\.$/, '');
	const { domain, publicSuffix, isPrivate, isIp } = parse(name, { allowPrivateDomains: true });
	if (isIp || domain === null) return shared(isPrivate ? 'platform' : 'no-domain');
	if (isDisposableMail(`x@${name}`)) return shared('disposable');
	if (isFreeMail(`x@${name}`) || isFreeMail(`x@${domain}`)) return shared('free');
	if (isListed(PROVIDERS, name)) return shared('provider');
	if (isListed(PLATFORMS, name)) return shared('platform');
	// A name under a private suffix is a site on somebody's platform; endings that are sold like a country's have companies.
	if (isPrivate && !SOLD_SUFFIXES.has(publicSuffix ?? '')) return shared('platform');
	if (ACADEMIC_ENDING.test(publicSuffix ?? '') || isListed(UNIVERSITIES, name) || ACADEMIC_LABEL.test(domain)) return shared('university');
	return { kind: 'company', domain };
}

/** Private suffixes that are sold as endings of company names. */
const SOLD_SUFFIXES = new Set(
	'uk.com us.com eu.com de.com cn.com gb.net uk.net se.net jpn.com sa.com za.com co.com co.nl co.no com.de in.net br.com ru.com'.split(' '),
);

const shared = (reason: SharedReason): CompanyDomain => ({ kind: 'shared', reason });
