import { execFileSync } from 'node:child_process';

/** Process ids of the running children of `pid`. */
export function childrenOf(pid: number): number[] {
	return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.filter(([own, parent, state = '']) => Number(parent) === pid && own !== undefined && !state.startsWith('Z'))
		.map(([own]) => Number(own));
}

/** Whether a process is there; one that ended and was not yet taken leave of is not. */
export function isAlive(pid: number): boolean {
	try {
		return !execFileSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' })
			.trim()
			.startsWith('Z');
	} catch {
		return false;
	}
}
