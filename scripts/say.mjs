/** Ends the run with one sentence that says what happened and what to do. @param {string} sentence @returns {never} */
export function die(sentence) {
	console.error(`foyer: ${sentence}`);
	process.exit(1);
}

/** Runs `work` as a named step and prints how long it took. @template T @param {string} name @param {() => Promise<T>} work */
export async function step(name, work) {
	const started = Date.now();
	process.stderr.write(`  ${name} …\n`);
	const result = await work();
	process.stderr.write(`  ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
	return result;
}
