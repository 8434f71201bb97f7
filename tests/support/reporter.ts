import { appendFileSync } from 'node:fs';

import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { DefaultReporter } from 'vitest/node';

/**
 * Vitest's own report, then each skip with its reason and each test that needed a second try, then one line `N passed, N failed, N skipped`.
 * With `FOYER_COUNTS` the counts and what failed are also appended to that file, for a sum over several runs.
 */
export default class ClosingLine extends DefaultReporter implements Reporter {
	override onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): void {
		super.onTestRunEnd(...args);
		const [modules, errors] = args;
		const cases = modules.flatMap((module: TestModule) => [...module.children.allTests()]);
		const inState = (state: string): TestCase[] => cases.filter((one) => one.result().state === state);
		const skipped = inState('skipped');
		for (const one of skipped) {
			const result = one.result();
			process.stdout.write(`skipped: ${one.fullName}: ${('note' in result && result.note) || 'no reason given'}\n`);
		}
		for (const one of inState('passed').filter((test) => test.diagnostic()?.flaky === true)) {
			process.stdout.write(`passed at the second try only: ${one.fullName}\n`);
		}
		const broken = modules.filter(
			(module: TestModule) => module.state() === 'failed' && ![...module.children.allTests()].some((one) => one.result().state === 'failed'),
		);
		const failures = [...inState('failed').map(nameOf), ...broken.map((module) => module.moduleId), ...errors.map(({ message }) => message)];
		const counts = {
			passed: inState('passed').length,
			failed: inState('failed').length + broken.length + errors.length,
			skipped: skipped.length,
			failures,
		};
		const file = process.env['FOYER_COUNTS'];
		if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
		process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
	}
}

function nameOf(one: TestCase): string {
	const { errors = [] } = one.result();
	return `${one.module.relativeModuleId}: ${one.fullName}: ${errors[0]?.message.slice(0, 1_000) ?? ''}`;
}
