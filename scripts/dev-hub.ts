import { loadConfig } from '#config';
import { startHub } from '#hub';

import { startLoop } from '../worker.ts';
import { serveSources } from './dev-site.ts';

// One of the two processes that scripts/dev.ts starts: the hub with its pages from their sources. Ended to load changed code.
const ending: (() => Promise<void>)[] = [];
let isStopping = false;

process.on('message', (message) => message === 'stop' && stop());
process.on('disconnect', stop);

try {
	const hub = await startHub(loadConfig(process.env));
	ending.unshift(hub.stop);
	const site = await serveSources(hub.app);
	ending.unshift(site.stop);
	const loop = startLoop(hub.app);
	ending.splice(1, 0, loop.stop);
	process.send?.('ready');
} catch (error) {
	// What the start refuses is a plain Error with a sentence for people; anything else is a bug and needs its stack.
	console.error('foyer:', error instanceof Error && error.constructor === Error ? error.message : error);
	process.exit(1);
}

/** Ends requests, then work in hand, then the database. */
function stop(): void {
	if (isStopping) return;
	isStopping = true;
	const inOrder = async (): Promise<void> => {
		for (const end of ending) await end();
	};
	inOrder().then(
		() => process.exit(0),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}
