import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * `node tests/bench/lighthouse.ts <origin> <lighthouse program>`: Lighthouse with its mobile settings on a running hub, the median
 * of three runs a page. Lighthouse is no dependency of the project: install it elsewhere, as `npm install --prefix /tmp/lh lighthouse`.
 * Numbers hold for a calm machine and a production build (`npm start`).
 */
const PAGES = ['/', '/white-papers/bearing-damage-from-vibration', '/products/motors/hs4-100', '/webinars/sizing-a-servo-axis', '/search'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const RUNS = Number(process.env['LIGHTHOUSE_RUNS'] ?? 3);
const FLAGS = '--headless=new --no-sandbox --disable-gpu';

interface Report {
	readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
	readonly audits: Readonly<
		Record<string, { readonly score: number | null; readonly scoreDisplayMode: string; readonly numericValue?: number; readonly title: string }>
	>;
}

const [origin = 'http://127.0.0.1:4400', program = '/tmp/lh/node_modules/lighthouse/cli/index.js'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
try {
	for (const path of PAGES) {
		const reports: Report[] = [];
		for (let run = 0; run < RUNS; run += 1) reports.push(await measure(origin + path));
		const scores = CATEGORIES.map((name) => Math.round(100 * median(reports.map(({ categories }) => categories[name]?.score ?? 0))));
		const value = (name: string): number => median(reports.map(({ audits }) => audits[name]?.numericValue ?? 0));
		console.log(
			`${path}\n  ${CATEGORIES.map((name, at) => `${name} ${scores[at]}`).join('  ')}\n  LCP ${Math.round(value('largest-contentful-paint'))} ms  ` +
				`CLS ${value('cumulative-layout-shift').toFixed(3)}  TBT ${Math.round(value('total-blocking-time'))} ms  ${Math.round(value('total-byte-weight') / 1_024)} KB`,
		);
		const lost = new Set(
			reports.flatMap(({ audits }) =>
				Object.values(audits)
					.filter(isLost)
					.map(({ title }) => title),
			),
		);
		for (const title of lost) console.log(`  - ${title}`);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function isLost({ score, scoreDisplayMode }: Report['audits'][string]): boolean {
	return score !== null && score < 0.9 && (scoreDisplayMode === 'binary' || scoreDisplayMode === 'numeric' || scoreDisplayMode === 'metricSavings');
}

async function measure(url: string): Promise<Report> {
	const file = join(folder, 'report.json');
	const args = [program, url, '--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${FLAGS}`];
	const child = spawn(process.execPath, args, { stdio: 'inherit', env: { CHROME_PATH: '/usr/bin/chromium', ...process.env } });
	const code = await new Promise((done) => child.on('exit', done));
	if (code !== 0) throw new Error(`Lighthouse ended with ${String(code)} at ${url}`);
	return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
