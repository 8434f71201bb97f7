/** Words of legal forms that count for nothing wherever they stand. */
const FORMS = new Set(
	(
		'gmbh ltd limited inc incorporated llc llp corp corporation kgaa plc pte pty pvt sarl srl bhd sdn co mbh ohg gbr aps oyj spzoo doo kft zrt ltda ' +
		'ооо оао зао пао tbk eirl bvba sprl'
	).split(' '),
);
/** Words that are legal forms at the end of a name, and words of their own elsewhere. */
const LAST_FORMS = new Set(
	'ag kg sa as se ab spa nv bv oy ug ev eg lp sl slu sau sas a/s as hf company companies group gruppe groep gruppo groupe sp z o oo de cv y kk jsc ao public private und and e i'.split(
		' ',
	),
);
/** Words that can only be part of a form together with one before them. */
const LINKS = new Set('& und and et y e of the'.split(' '));
const FIRST_FORMS = new Set('pt cv ооо оао зао пао ао ooo oao zao pao firma the'.split(' '));
const HAN_FORMS = [
	'有限责任公司',
	'有限責任公司',
	'股份有限公司',
	'集团股份有限公司',
	'有限公司',
	'股份公司',
	'總公司',
	'总公司',
	'公司',
	'集团',
	'集團',
	'有限合伙',
	'普通合伙',
	'合伙企业',
	'株式会社',
	'有限会社',
	'合同会社',
	'주식회사',
	'유한회사',
];
const HAN = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]/u;

/** One spelling of a name for searching: width, case, accents and white space do not count. */
export function foldName(name: string): string {
	return name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/**
 * What two spellings of one company share: `Siemens Ltd., China` and `SIEMENS (CHINA) LTD` are `siemens china`, `美的（集团）有限公司` is `美的`.
 * Legal forms, punctuation, case and width do not count; names of places do. '' when nothing is left to tell companies apart.
 */
export function nameKey(name: string): string {
	const folded = foldName(name)
		// S.p.A., Co., z o.o.: points inside a word are no ends of words.
		.replaceAll(/(?<=\p{L})\.(?=\p{L})/gu, '')
		.replaceAll(/['’`´]/gu, '')
		.replaceAll(/(?<=\p{L})\s?\/\s?(?=[sb]\b)/gu, '')
		.replaceAll(/[^\p{L}\p{N}&+]+/gu, ' ')
		.replaceAll(/[&+]/gu, ' & ');
	const words = folded.split(' ').filter((word) => word !== '');
	return joined(HAN.test(folded) ? stripHan(stripLatin(words)) : stripLatin(words));
}

function stripLatin(words: readonly string[]): string[] {
	let rest = [...words];
	while (rest.length > 1 && FIRST_FORMS.has(rest[0] ?? '')) rest = rest.slice(1);
	rest = rest.filter((word, index) => index === 0 || !FORMS.has(word));
	while (rest.length > 1 && isLast(rest)) rest.pop();
	return rest;
}

function isLast(words: readonly string[]): boolean {
	const last = words.at(-1) ?? '';
	return LAST_FORMS.has(last) || FORMS.has(last) || LINKS.has(last);
}

/** Han has no spaces between words: forms are cut off both ends of each run, as long as a name is left. */
function stripHan(words: readonly string[]): string[] {
	const whole = joined(words).split(' ');
	const stripped = whole.map(stripEnds).filter((part) => part !== '');
	return stripped.length > 0 ? stripped : whole;
}

function stripEnds(part: string): string {
	let rest = part;
	for (let cut = true; cut;) {
		cut = false;
		for (const form of HAN_FORMS) {
			if (rest.length > form.length && rest.endsWith(form)) [rest, cut] = [rest.slice(0, -form.length), true];
			else if (rest.length > form.length && rest.startsWith(form) && LEADING.has(form)) [rest, cut] = [rest.slice(form.length), true];
			else if (rest === form && form !== part) [rest, cut] = ['', false];
		}
	}
	return rest;
}

const LEADING = new Set(['株式会社', '有限会社', '合同会社', '주식회사', '유한회사']);

/** One space between Latin words, none beside Han. */
function joined(words: readonly string[]): string {
	return words
		.join(' ')
		.replaceAll(
			/(?<=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]) | (?=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}])/gu,
			'',
		);
}
