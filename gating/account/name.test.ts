import { expect, test } from 'vitest';

import { foldName, nameKey } from './name.ts';

/** Spellings of one company on a line, then the key they share. */
const SAME: readonly (readonly [key: string, ...spellings: string[]])[] = [
	['bottling', 'Bottling AG', 'BOTTLING AG', 'bottling ag', ' Bottling  A.G. '],
	['siemens', 'Siemens AG', 'Siemens, AG', 'ＳＩＥＭＥＮＳ ＡＧ'],
	['siemens china', 'Siemens Ltd., China', 'SIEMENS (CHINA) LTD', 'Siemens China Co., Ltd.', 'Siemens (China) Co.,Ltd'],
	['krones', 'Krones AG', 'KRONES AG', 'Krones Gmbh'],
	['muller', 'Müller GmbH', 'MULLER GMBH', 'Müller GmbH & Co. KG', 'Müller GmbH & Co KG', 'Müller GmbH und Co. KG'],
	['weiss', 'Weiß GmbH', 'Weiss GmbH'],
	['acme', 'Acme, Inc.', 'ACME Inc', 'Acme Incorporated', 'Acme LLC', 'Acme L.L.C.', 'Acme Corp.', 'Acme Corporation', 'Acme Company'],
	['ima', 'IMA S.p.A.', 'IMA SpA', 'I.M.A. SPA'],
	['sacmi imola', 'SACMI Imola S.r.l.', 'Sacmi Imola SRL'],
	['tetra pak', 'Tetra Pak Pte. Ltd.', 'TETRA PAK PTE LTD', 'Tetra Pak AB', 'Tetra  Pak B.V.'],
	['michelin', 'Michelin S.A.', 'Michelin SAS', 'Michelin SA'],
	['danfoss', 'Danfoss A/S', 'DANFOSS AS', 'Danfoss'],
	['kone', 'KONE Oyj', 'Kone Oy'],
	['orlen', 'Orlen Sp. z o.o.', 'ORLEN SP Z OO', 'Orlen S.A.'],
	['femsa', 'FEMSA, S.A. de C.V.', 'Femsa SA de CV'],
	['astra', 'PT Astra Tbk', 'PT. Astra Tbk.'],
	['smith & sons', 'Smith & Sons Ltd', 'Smith + Sons Limited', 'SMITH & SONS LTD.'],
	['obrien pumps', "O'Brien Pumps Ltd", 'O’Brien Pumps Limited'],
	['midea', 'Midea Group Co., Ltd.', 'MIDEA GROUP'],
	['美的', '美的（集团）有限公司', '美的集团股份有限公司', '美的集团', '美的(集团)有限公司'],
	['海尔', '海尔集团公司', '海尔集团', '海尔（集团）股份有限公司'],
	['上海海立', '上海海立（集团）股份有限公司', '上海海立集团有限责任公司'],
	['苏州汇川技术', '苏州汇川技术有限公司', '苏州 汇川技术 有限公司', '苏州汇川技术有限责任公司'],
	['深圳市汇川技术', '深圳市汇川技术股份有限公司', '深圳市汇川技术有限公司'],
	['abb中国', 'ABB（中国）有限公司', 'ABB (中国) 有限公司', 'ＡＢＢ（中国）有限公司'],
	['西门子中国', '西门子（中国）有限公司', '西门子中国有限公司'],
	['三一重工', '三一重工股份有限公司', '三一重工'],
	['宁德时代新能源科技', '宁德时代新能源科技股份有限公司', '宁德时代新能源科技 股份有限公司'],
	['北京京东方光电科技', '北京京东方光电科技有限公司', '北京京东方光电科技有限責任公司'],
	['トヨタ自動車', 'トヨタ自動車株式会社', '株式会社トヨタ自動車'],
	['ромашка', 'ООО Ромашка', 'ООО «Ромашка»'],
];

test.each(SAME)('%s', (key, ...spellings) => {
	expect(spellings.map(nameKey)).toEqual(spellings.map(() => key));
});

test('the table is long enough to mean something', () => expect(SAME.flatMap(([, ...spellings]) => spellings).length).toBeGreaterThanOrEqual(60));

test('places, branches and people tell companies apart', () => {
	const names = [
		'ABB（中国）有限公司',
		'ABB AG',
		'上海电气集团股份有限公司',
		'北京电气集团股份有限公司',
		'苏州汇川技术有限公司',
		'深圳市汇川技术股份有限公司',
		'苏州汇川技术有限公司上海分公司',
		'Bosch Rexroth AG',
		'Bosch AG',
		'General Motors',
		'General Electric',
		'Müller Pumpen GmbH',
		'Müller GmbH',
		'AG Solution',
		'SE Electronics',
	];
	expect(new Set(names.map(nameKey)).size).toBe(names.length);
});

test.each(['AG', 'Limited', '公司', '有限公司', 'The Company'])('%s keeps something to be told by', (name) => expect(nameKey(name)).not.toBe(''));

test.each(['', '  ', '———', '（）'])('nothing is the key of %j', (name) => expect(nameKey(name)).toBe(''));

test('a folded name ignores width, case and accents only', () => expect(foldName(' Müller　ＧｍｂＨ ')).toBe('muller gmbh'));
