import type { Waiting } from './check-in-desk.ts';

const NAME = 'foyer-check-in';
const STORE = 'waiting';

/** What is not sent yet, kept in the phone across reloads and crashes of the page. */
export interface Queue {
	add(entry: Waiting): Promise<void>;
	all(): Promise<Waiting[]>;
	remove(ids: readonly string[]): Promise<void>;
}

export async function openQueue(): Promise<Queue> {
	const opening = indexedDB.open(NAME, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' });
	const database = await settled(opening);
	const store = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(STORE, mode).objectStore(STORE);
	return {
		add: async (entry) => void (await settled(store('readwrite').put(entry))),
		all: () => settled(store('readonly').getAll() as IDBRequest<Waiting[]>),
		remove: async (ids) => {
			const target = store('readwrite');
			await Promise.all(ids.map((id) => settled(target.delete(id))));
		},
	};
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.addEventListener('success', () => resolve(request.result));
		request.addEventListener('error', () => reject(request.error ?? new Error('the store of this browser does not answer')));
	});
}
