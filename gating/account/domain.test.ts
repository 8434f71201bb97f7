import { expect, test } from 'vitest';

import { companyDomain } from './domain.ts';

test.each([
	['halden-drives.com', 'halden-drives.com'],
	['mail.eu.halden.co.uk', 'halden.co.uk'],
	['HALDEN.COM.CN', 'halden.com.cn'],
	['vpn.sh.halden.com.cn', 'halden.com.cn'],
	['bottling.example', 'bottling.example'],
	['halden.uk.com', 'halden.uk.com'],
	['maschinen-müller.de', 'maschinen-müller.de'],
	['unitechnik.com', 'unitechnik.com'],
	['tuev-sued.de', 'tuev-sued.de'],
	['halden.de.', 'halden.de'],
])('%s is the company %s', (host, domain) => expect(companyDomain(host)).toEqual({ kind: 'company', domain }));

test.each([
	['gmail.com', 'free'],
	['vip.qq.com', 'free'],
	['163.com', 'free'],
	['mailinator.com', 'disposable'],
	['bluewin.ch', 'free'],
	['hispeed.ch', 'provider'],
	['mail.hispeed.ch', 'provider'],
	['contoso.onmicrosoft.com', 'platform'],
	['contoso.partner.onmschina.cn', 'platform'],
	['someone.github.io', 'platform'],
	['github.io', 'platform'],
	['shop.myshopify.com', 'platform'],
	['tsinghua.edu.cn', 'university'],
	['eng.cam.ac.uk', 'university'],
	['stanford.edu', 'university'],
	['student.ethz.ch', 'university'],
	['uni-stuttgart.de', 'university'],
	['tu-dortmund.de', 'university'],
	['co.uk', 'no-domain'],
	['localhost', 'no-domain'],
	['192.0.2.7', 'no-domain'],
	['', 'no-domain'],
])('%s names no company: %s', (host, reason) => expect(companyDomain(host)).toEqual({ kind: 'shared', reason }));
