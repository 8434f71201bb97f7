import type { Locale } from '#cms/content.ts';
import type { SearchDocument } from '#search/engine.ts';

import { dice, type Judged } from './search-judge.ts';

const VFD = ['vfd', 'vsd', 'inverter', 'frequency inverter', 'frequency converter', '变频器', '变频', '逆变器'];
const GEAR = ['gear unit', 'gearbox', 'gear reducer', 'reducer', '减速机', '减速器', '齿轮箱'];
const SERVO = ['servo drive', 'servo amplifier', 'servo controller', '伺服驱动器', '伺服放大器'];
const ENCODER = ['encoder', 'rotary encoder', 'position transducer', '编码器', '绝对值编码器'];
const STO = ['sto', 'safe torque off', '安全转矩关断', '安全扭矩关断'];

const words = (locale: Locale, q: string, ...means: (string | readonly string[])[]): Judged => ({
	q,
	locale,
	means: (means.length === 0 ? [q] : means).map((one) => (typeof one === 'string' ? [one] : one)),
});
const en = (q: string, ...means: (string | readonly string[])[]) => words('en', q, ...means);
const zh = (q: string, ...means: (string | readonly string[])[]) => words('zh-CN', q, ...means);
const number = (locale: Locale, q: string, own: string): Judged => ({ q, locale, means: [], number: own });

/** Chosen by hand: twenty of each kind. */
export const CHOSEN: readonly Judged[] = [
	zh('轴承'),
	zh('变频器', VFD),
	zh('VFD', VFD),
	zh('谐波'),
	zh('编码器', ENCODER),
	zh('水泵'),
	zh('泵站 苏州', '泵站', '苏州'),
	zh('减速机寿命', GEAR, '寿命'),
	zh('制动电阻'),
	zh('伺服 选型', '伺服', '选型'),
	zh('转矩'),
	zh('能效'),
	zh('变頻器', VFD),
	zh('軸承', '轴承'),
	zh('安全转矩关断', STO),
	zh('ＩＯ－Ｌｉｎｋ', 'io-link'),
	zh('周明远'),
	zh('机'),
	zh('振动 传感器', '振动', '传感器'),
	zh('包络谱'),
	en('bearing damage', 'bearing', 'damage'),
	en('gearbox', GEAR),
	en('inverter', VFD),
	en('servo amplifier', SERVO),
	en('harmonics', 'harmonic'),
	en('safe torque off', STO),
	en('"safe torque off"', 'safe torque off'),
	en('pumping station'),
	en('envelope spectrum', 'envelope', 'spectrum'),
	en('Östlund', 'ostlund'),
	en('zhou mingyuan', 'zhou', 'mingyuan'),
	en('io-link'),
	en('bear'),
	en('encoders', ENCODER),
	en('braking resistor', 'braking', 'resistor'),
	en('energy efficiency', 'energy', 'efficiency'),
	en('pump energy part load', 'pump', 'energy', 'part', 'load'),
	en('condition monitoring', 'condition', 'monitoring'),
	en('packaging'),
	en('vibration sensor', 'vibration', 'sensor'),
	...['HX1-P18', 'hx1p18', 'HX1 P18', 'hx1.p18'].map((q) => number('en', q, 'hx1p18')),
	...['ＨＸ１－Ｐ１８', 'hx1 p18'].map((q) => number('zh-CN', q, 'hx1p18')),
	number('en', 'hd32x08', 'hd32x08'),
	number('zh-CN', 'HD3 2X08', 'hd32x08'),
	number('en', 'hf32200', 'hf32200'),
	number('zh-CN', 'hf3/2200', 'hf32200'),
	number('en', 'hc1node', 'hc1node'),
	en('iec 60034', 'iec 60034'),
	en('bearng', 'bearing'),
	en('maintainance', 'maintenance'),
	en('hramonics', 'harmonic'),
	en('vibratoin', 'vibration'),
	en('encodr', 'encoder'),
	zh('HF3变频器', 'hf3', VFD),
	zh('IE4 电机', 'ie4', '电机'),
	zh('IO-Link 传感器', 'io-link', '传感器'),
];

/** Words of the editors' rules, which are read otherwise than they stand; and what is too common to be looked for. */
const READ_OTHERWISE = /vfd|vsd|inver|freq|servo|gear|reduc|encod|rotar|positi|sto|safe|变|频|逆|伺|减|齿|编|绝|安全|的|和|与|什|么|如|何|是/;
const WORDS_EN = /(?<![\p{L}\p{N}-])[a-z]{5,12}(?![\p{L}\p{N}])/gu;
const EACH = 20;

/** Drawn from the content: twenty of each kind, the same in every run. */
export function drawnQueries(documents: readonly SearchDocument[], seed = 20_261_123): readonly Judged[] {
	const next = dice(seed);
	const pick = <T>(from: readonly T[]): T => from[next(from.length)]!;
	const texts = (locale: Locale) =>
		documents
			.filter((one) => one.locale === locale)
			.map(({ title, summary, passages }) => [title, summary, ...passages.map(({ text }) => text)].join('\n'));
	const english = texts('en').map((text) =>
		[...new Set(text.toLowerCase().match(WORDS_EN))].filter((word) => !READ_OTHERWISE.test(word) && !word.endsWith('s')),
	);
	const chinese = texts('zh-CN').flatMap((text) => text.match(/\p{Script=Han}{4,}/gu) ?? []);
	const known = new Set(english.flat());
	const draw = (make: () => Judged | null): Judged[] => {
		const drawn = new Map<string, Judged>();
		for (let tries = 0; drawn.size < EACH && tries < 2_000; tries++) {
			const one = make();
			if (one) drawn.set(one.q, one);
		}
		return [...drawn.values()];
	};
	const oneOrTwo = (): Judged | null => {
		const own = pick(english.filter((list) => list.length > 1));
		const [first, second] = [pick(own), pick(own)];
		return first === second || next(2) === 0 ? en(first) : en(`${first} ${second}`, first, second);
	};
	const han = (): Judged | null => {
		const run = [...pick(chinese)];
		const length = 2 + next(3);
		const from = next(Math.max(1, run.length - length + 1));
		const piece = run.slice(from, from + length).join('');
		return piece.length < 2 || READ_OTHERWISE.test(piece) ? null : zh(piece);
	};
	const numbers = documents.flatMap(({ partNumber, locale }) => (partNumber === null ? [] : [{ partNumber, locale }]));
	const spelt = (): Judged | null => {
		if (next(2) === 0) {
			const { partNumber, locale } = pick(numbers);
			const own = partNumber.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
			return number(
				locale,
				pick([own, own.toUpperCase(), partNumber.replaceAll(/[^\p{L}\p{N}]/gu, ' '), partNumber.replaceAll('-', '/'), partNumber.toLowerCase()]),
				own,
			);
		}
		const word = pick(pick(english.filter((list) => list.length > 0)));
		const at = 1 + next(word.length - 2);
		const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
		const isWord = [...known].some((one) => one.startsWith(swapped));
		return word.length < 7 || swapped === word || isWord ? null : en(swapped, word);
	};
	return [...draw(han), ...draw(oneOrTwo), ...draw(spelt)];
}

/**
 * Queries of which the first ten hits hold less than half of the best answers, with the reason. What answers them does come, further down.
 * Of `HF3变频器` both engines put what is an HF3 first, and texts that name it often before products that only stand in the same line.
 */
export const WEAK: Readonly<Record<'embedded' | 'meilisearch', readonly string[]>> = {
	embedded: ['转矩', 'HF3变频器'],
	meilisearch: ['HF3变频器'],
};
