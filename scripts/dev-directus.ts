import type { RunningDirectus } from '#cms/directus/child.ts';
import { loadConfig } from '#config';
import { describeAccounts, startContent } from '#hub';
import { clockFrom, systemClock } from '#kernel/clock.ts';
import { createLog } from '#kernel/log.ts';

// One of the two processes that scripts/dev.ts starts: Directus with the content model and the sample company. It outlives the hub.
let directus: RunningDirectus | null = null;

process.on('message', (message) => message === 'stop' && stop());
process.on('disconnect', stop);

try {
	const config = loadConfig(process.env);
	if (config.cms.directus !== 'child') throw new Error('DIRECTUS_URL is set: there is no Directus to start.');
	const { running, firstAccounts } = await startContent(config, config.cms, {
		log: createLog(config.logLevel),
		now: config.clockStartsAt ? clockFrom(config.clockStartsAt) : systemClock,
		onStep: (name) => console.error(`  ${name} …`),
		onRunning: (running) => void (directus = running),
	});
	if (firstAccounts.length > 0) console.log(`\n${describeAccounts(firstAccounts)}`);
	await running.forgetFirstPassword();
	process.send?.('ready');
} catch (error) {
	console.error(`foyer: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}

/** A Directus that is still coming up ends with this process: its wrapper watches the channel. */
function stop(): void {
	Promise.resolve(directus?.stop()).then(
		() => process.exit(0),
		() => process.exit(1),
	);
}
