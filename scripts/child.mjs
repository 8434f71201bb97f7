import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a command in the foreground, passes signals on and gives its exit code (128 + signal where it was ended by one).
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} options @returns {Promise<number>}
 */
export function run(command, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: 'inherit', ...options });
		const forward = SIGNALS.map((signal) => {
			const pass = () => child.kill(signal);
			process.on(signal, pass);
			return () => process.off(signal, pass);
		});
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			for (const stop of forward) stop();
			resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15));
		});
	});
}

/**
 * Runs a command quietly; gives its exit code and what it said.
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, said: string }>}
 */
export function runQuietly(command, args, options) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let said = '';
		child.stdout?.on('data', (chunk) => (said += chunk));
		child.stderr?.on('data', (chunk) => (said += chunk));
		child.on('error', (error) => resolve({ code: 127, said: error.message }));
		child.on('close', (code) => resolve({ code: code ?? 1, said }));
	});
}
