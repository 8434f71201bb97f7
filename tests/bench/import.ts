import { monitorEventLoopDelay } from 'node:perf_hooks';

import { createGate } from '#tests/support/gate.ts';
import { settings } from '#tests/support/imports.ts';

import { line } from './children.ts';

const ROWS = Number(process.env['BENCH_IMPORT_ROWS'] ?? 100_000);
const LIMIT_S = 60;
/** A tenth of a second is what a person notices of a page. */
const LOOP_LIMIT_MS = 100;
const by = { actor: 'staff:bench', origin: '', seesPeople: true };

const GIVEN = ['Anna', 'Ben', 'Carla', 'David', 'Eva', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jakob', 'Katrin', 'Lukas', 'Mira', 'Nils', 'Olga', 'Pavel'];
const FAMILY = [
	'Keller',
	'Brunner',
	'Hofmann',
	'Novak',
	'Rossi',
	'Lindqvist',
	'Fernandez',
	'Kowalski',
	'Schneider',
	'Baumgartner',
	'Dubois',
	'Okafor',
];
const HAN_FAMILY = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const HAN_GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华志建国文';

/** A list as fairs give it out: half of the names Chinese, each with mail, phone, company, hall and interest. */
function fairList(rows: number): Buffer {
	const lines = ['Name,E-mail,Phone,Company,Hall'];
	for (let at = 0; at < rows; at++) {
		const isHan = at % 2 === 0;
		const pick = (from: string | readonly string[], step: number): string => from[Math.trunc(at / step) % from.length] ?? '';
		const name = isHan ? `${pick(HAN_FAMILY, 1)}${pick(HAN_GIVEN, 3)}${pick(HAN_GIVEN, 80)}` : `${pick(GIVEN, 1)} ${pick(FAMILY, 16)}`;
		const phone = isHan ? `+86 138 ${String(10_002_513 + at * 397).slice(-8)}` : `+49 170 ${String(1_020_413 + at * 37).slice(-7)}`;
		lines.push(`"${name}",p${at}@company-${at % 9_000}.example,"${phone}","Company ${at % 9_000} Ltd","${at % 27}"`);
	}
	return Buffer.from(lines.join('\r\n'));
}

/** Checks and runs an import of many rows while the main thread's turns are watched. */
export async function benchImport(): Promise<void> {
	const gate = await createGate();
	Object.defineProperty(gate.clock, 'at', { get: () => new Date() });
	try {
		const { imports } = gate.gating;
		const id = await imports.upload(fairList(ROWS), 'Fair', 'en', by);
		await imports.check(id, settings(), by);
		const check = await watched(() => imports.work(id));
		await imports.run(id, by);
		const run = await watched(() => imports.work(id));
		const done = await imports.get(id);
		if (done?.state !== 'done' || done.counts.new !== ROWS) throw new Error(`the import went wrong: ${JSON.stringify(done?.counts)}`);
		line(
			`import of ${ROWS.toLocaleString('en')} rows`,
			`${run.seconds.toFixed(1)} s`,
			`< ${LIMIT_S} s`,
			run.seconds < LIMIT_S,
			`after a dry run of ${check.seconds.toFixed(1)} s`,
		);
		line(
			'turns of the main thread meanwhile, p99',
			`${run.p99Ms.toFixed(0)} ms`,
			`< ${LOOP_LIMIT_MS} ms`,
			run.p99Ms < LOOP_LIMIT_MS,
			`longest ${run.maxMs.toFixed(0)} ms`,
		);
	} finally {
		await gate.close();
	}
}

async function watched(work: () => Promise<void>): Promise<{ readonly seconds: number; readonly p99Ms: number; readonly maxMs: number }> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const began = performance.now();
	await work();
	delay.disable();
	return { seconds: (performance.now() - began) / 1_000, p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 };
}

if (import.meta.main) await benchImport();
