import { Worker } from 'node:worker_threads';

import { DomainError } from '#kernel/errors.ts';

import type { Printed, PrintRequest } from './print-worker.ts';

/** Sets PDFs and draws pictures beside the main thread, one after the other. */
export interface Printer {
	/**
	 * Bytes in the request are handed over: the caller has them no longer.
	 *
	 * @throws DomainError unavailable when too many wait. @throws Error when it cannot be made.
	 */
	print(request: PrintRequest): Promise<Printed>;
	/** Requests that are not done. */
	waiting(): number;
	close(): Promise<void>;
}

interface PrinterOptions {
	/** Requests that may wait or run. */
	readonly most?: number;
	/** An unused thread and its memory are given back after this. */
	readonly idleMs?: number;
	/** Where the system lets a thread have a priority of its own, all else goes before prints. */
	readonly isPatient?: boolean;
	/** What takes longer will not end. */
	readonly longestMs?: number;
}

type Answer = Printed | { readonly error: string };

export function createPrinter({ most = Infinity, idleMs = 60_000, isPatient = false, longestMs = 120_000 }: PrinterOptions = {}): Printer {
	let worker: Worker | null = null;
	let waiting = 0;
	let tail: Promise<unknown> = Promise.resolve();
	let idle: NodeJS.Timeout | undefined;

	const end = async (): Promise<void> => {
		const ending = worker;
		worker = null;
		clearTimeout(idle);
		await ending?.terminate();
	};
	const run = async (request: PrintRequest): Promise<Printed> => {
		clearTimeout(idle);
		// A thread that fails between two requests is missed at the next.
		worker ??= new Worker(new URL('./print-worker.ts', import.meta.url), {
			workerData: { isPatient },
			resourceLimits: { maxOldGenerationSizeMb: 1_024 },
		}).on('error', () => undefined);
		const answer = await ask(worker, request, longestMs);
		if (answer === 'lost') await end();
		else idle = setTimeout(() => void end(), idleMs).unref();
		if (answer === 'lost') throw new Error('it could not be printed: the thread ended, or took too long');
		if ('error' in answer) throw new Error(`it could not be printed: ${answer.error}`);
		return answer;
	};

	return Object.freeze<Printer>({
		waiting: () => waiting,
		print: (request) => {
			if (waiting >= most) return Promise.reject(new DomainError('unavailable', 'Too many prints are waiting. Try again in a minute.'));
			waiting++;
			const mine = tail.then(() => run(request)).finally(() => waiting--);
			tail = mine.catch(() => undefined);
			return mine;
		},
		close: end,
	});
}

/** The thread's answer; `lost` when it fails, ends, or takes longer than `longestMs`. */
function ask(worker: Worker, request: PrintRequest, longestMs: number): Promise<Answer | 'lost'> {
	return new Promise((resolve) => {
		const lost = (): void => settle('lost');
		const late = setTimeout(lost, longestMs);
		const settle = (answer: Answer | 'lost'): void => {
			clearTimeout(late);
			worker.off('message', settle).off('error', lost).off('exit', lost);
			worker.unref();
			resolve(answer);
		};
		worker.ref();
		worker.on('message', settle).on('error', lost).on('exit', lost);
		worker.postMessage(request, buffersOf(request));
	});
}

/** Large bytes change hands instead of being copied. */
function buffersOf(request: PrintRequest): ArrayBuffer[] {
	if (request.kind === 'stamp') return [request.original.buffer as ArrayBuffer];
	return [];
}
