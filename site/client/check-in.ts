import { batchOf, find, type Listed, type Waiting, withArrival } from './check-in-desk.ts';
import { openQueue, type Queue } from './check-in-queue.ts';

/** How often what waits is tried again. */
const AGAIN_MS = 5_000;
/** How often the list is read, for what other phones did. */
const LIST_MS = 30_000;

interface Words {
	readonly of: string;
	readonly notSent: string;
	readonly signIn: string;
	readonly in: string;
	readonly result: Readonly<Record<string, string>>;
	readonly states: Readonly<Record<string, string>>;
}

interface Answer {
	readonly id: string;
	readonly status: string;
	readonly registrationId?: string;
	readonly name?: string;
	readonly at?: string;
	readonly state?: string;
	readonly title?: Readonly<Record<string, string>>;
	readonly startsAt?: string;
	readonly errors?: readonly { readonly field: string }[];
}

/** The check-in at a door: decides by the list it holds, keeps every arrival in the phone, and sends it when there is a network. */
class CheckIn extends HTMLElement {
	#list: Listed[] = [];
	#words!: Words;
	#queue!: Queue;
	#isSending = false;
	/** The entry whose answer belongs on the screen. */
	#shown = '';

	connectedCallback(): void {
		this.#list = this.#read('list') as Listed[];
		this.#words = this.#read('words') as Words;
		void openQueue().then((queue) => {
			this.#queue = queue;
			this.addEventListener('submit', (event) => this.#submit(event));
			addEventListener('online', () => void this.#send());
			setInterval(() => void this.#send(), AGAIN_MS);
			setInterval(() => void this.#refresh(), LIST_MS);
			void this.#send();
		});
	}

	#submit(event: SubmitEvent): void {
		const form = event.target as HTMLFormElement;
		if (!form.matches('[data-ticket], [data-walk-in]')) return;
		event.preventDefault();
		const data = new FormData(form);
		const waiting = { id: crypto.randomUUID(), occurrence: this.dataset['occurrence'] ?? '', at: new Date().toISOString() };
		if (form.matches('[data-walk-in]')) {
			const answers: Record<string, string> = {};
			for (const [name, value] of data)
				if (name !== 'consents' && name !== 'action' && typeof value === 'string' && value !== '') answers[name] = value;
			const consents = data.getAll('consents').map(String);
			const wrong = [...form.querySelectorAll<HTMLInputElement>('[required]')].filter((one) => !one.validity.valid).map(({ name }) => name);
			this.#mark(wrong);
			if (wrong.length > 0) return this.#say(this.#words.result['invalid'] ?? '', 'is-warning');
			this.#take(
				{ ...waiting, kind: 'walk-in', answers, consents, locale: this.dataset['locale'] ?? 'en' },
				this.#words.result['noted-walk-in'] ?? '',
				form,
			);
			return;
		}
		const chosen = this.#list.find(({ registrationId }) => registrationId === data.get('registration'));
		const found = chosen ? ({ is: 'one', who: chosen, how: 'name' } as const) : find(this.#list, String(data.get('code') ?? ''));
		if (found.is === 'nobody') return this.#say(this.#words.result['unknown'] ?? '', 'is-warning');
		if (found.is === 'several') return this.#choose(found.who);
		this.#choose(this.#list);
		if (found.is === 'ticket') {
			const { ticket } = found;
			return this.#take({ ...waiting, kind: 'ticket', ticket, registrationId: null, how: 'scan' }, this.#words.result['unknown-offline'] ?? '', form);
		}
		const { who, how } = found;
		if (who.checkedInAt) return this.#say(this.#fill('already', { name: who.name, time: this.#time(who.checkedInAt) }), 'is-warning', form);
		if (who.state !== 'registered')
			return this.#say(this.#fill('no-seat', { name: who.name, state: this.#words.states[who.state] ?? '' }), 'is-warning');
		this.#arrived(who.registrationId, waiting.at);
		this.#take({ ...waiting, kind: 'ticket', ticket: null, registrationId: who.registrationId, how }, this.#fill('noted', { name: who.name }), form);
	}

	/** Keeps an arrival in the phone first, then sends it. */
	#take(entry: Waiting, noted: string, form: HTMLFormElement): void {
		this.#shown = entry.id;
		this.#say(noted, 'is-quiet', form.matches('[data-ticket]') ? form : undefined);
		void this.#queue.add(entry).then(() => this.#send());
	}

	async #send(): Promise<void> {
		if (this.#isSending) return;
		this.#isSending = true;
		const occurrence = this.dataset['occurrence'] ?? '';
		try {
			for (let batch = batchOf(await this.#queue.all(), occurrence); batch.length > 0; batch = batchOf(await this.#queue.all(), occurrence)) {
				const entries = batch.map(({ occurrence: _, ...entry }) => entry);
				const response = await fetch(`/api/v1/occurrences/${occurrence}/check-ins`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ entries }),
				});
				if (response.status === 401 || response.status === 403) this.#say(this.#words.signIn, 'is-warning');
				if (!response.ok) break;
				const { items } = (await response.json()) as { items: readonly Answer[] };
				await this.#queue.remove(items.map(({ id }) => id));
				for (const item of items) this.#answered(item);
			}
		} catch {
			// No network: the next try tells.
		}
		this.#isSending = false;
		await this.#showQueue();
	}

	#answered(item: Answer): void {
		const isIn = item.status === 'checked-in' || item.status === 'already';
		if (isIn && item.registrationId && item.at) this.#arrived(item.registrationId, item.at);
		if (item.status === 'checked-in' && !this.#list.some(({ registrationId }) => registrationId === item.registrationId)) void this.#refresh();
		if (item.id !== this.#shown && item.status === 'checked-in') return;
		const locale = this.dataset['locale'] ?? 'en';
		const values = {
			name: item.name ?? '',
			time: item.at ? this.#time(item.at) : '',
			state: this.#words.states[item.state ?? ''] ?? '',
			title: item.title?.[locale] || item.title?.['en'] || '',
			date: item.startsAt
				? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: this.dataset['zone'] }).format(new Date(item.startsAt))
				: '',
		};
		this.#say(this.#fill(item.status, values), item.status === 'checked-in' ? 'is-success' : 'is-warning');
		this.#mark((item.errors ?? []).map(({ field }) => field));
		if (item.status === 'checked-in') this.querySelector<HTMLFormElement>('[data-walk-in]')?.reset();
	}

	/** Marks the fields of a walk-in that are wrong, and no others; the first gets the focus. */
	#mark(fields: readonly string[]): void {
		for (const input of this.querySelectorAll<HTMLElement>('[data-walk-in] [aria-invalid]')) input.removeAttribute('aria-invalid');
		const inputs = fields.flatMap((field) => this.querySelector<HTMLElement>(`[data-walk-in] [name="${CSS.escape(field)}"]`) ?? []);
		for (const input of inputs) input.setAttribute('aria-invalid', 'true');
		inputs[0]?.focus();
	}

	async #refresh(): Promise<void> {
		const response = await fetch(`/api/v1/occurrences/${this.dataset['occurrence'] ?? ''}/check-ins`).catch(() => null);
		if (!response?.ok) return;
		const { items } = (await response.json()) as { items: readonly Listed[] };
		const here = new Map(this.#list.map((one) => [one.registrationId, one.checkedInAt]));
		this.#list = items.map((one) => ({ ...one, checkedInAt: one.checkedInAt ?? here.get(one.registrationId) ?? null }));
		for (const one of this.#list) {
			this.#addRow(one);
			if (one.checkedInAt) this.#arrived(one.registrationId, one.checkedInAt);
		}
	}

	/** A row for who came without a ticket, or registered since: the page has those of its beginning. */
	#addRow({ registrationId, name, company, state }: Listed): void {
		const body = this.querySelector('tbody');
		if (!body || body.querySelector(`[data-registration="${CSS.escape(registrationId)}"]`)) return;
		const row = body.insertRow();
		row.dataset['registration'] = registrationId;
		const more = document.createElement('span');
		more.className = 'list-more';
		more.textContent = company;
		row.insertCell().append(name, more);
		const roomy = row.insertCell();
		roomy.className = 'is-roomy';
		roomy.textContent = company;
		const cell = row.insertCell();
		cell.dataset['state'] = '';
		cell.textContent = this.#words.states[state] ?? '';
	}

	#arrived(registrationId: string, at: string): void {
		this.#list = withArrival(this.#list, registrationId, at);
		const cell = this.querySelector(`[data-registration="${CSS.escape(registrationId)}"] [data-state]`);
		if (cell) cell.textContent = this.#words.in.replace('{time}', this.#time(at));
		const came = this.#list.filter(({ checkedInAt }) => checkedInAt !== null).length;
		const count = this.querySelector('[data-count]');
		if (count) count.textContent = this.#words.of.replace('{came}', String(came)).replace('{expected}', String(this.#list.length));
	}

	/** Shows only these rows of the list. */
	#choose(who: readonly Listed[]): void {
		const ids = new Set(who.map(({ registrationId }) => registrationId));
		for (const row of this.querySelectorAll<HTMLElement>('[data-registration]')) row.hidden = !ids.has(row.dataset['registration'] ?? '');
		if (who.length < this.#list.length) this.#say(this.#words.result['several'] ?? '', 'is-quiet');
	}

	async #showQueue(): Promise<void> {
		const count = (await this.#queue.all()).length;
		const box = this.querySelector<HTMLElement>('[data-queue]');
		const number = this.querySelector('[data-queue-count]');
		if (box) box.hidden = count === 0;
		if (number) number.textContent = this.#words.notSent.replace('{count}', String(count));
	}

	#say(words: string, kind: string, form?: HTMLFormElement): void {
		const result = this.querySelector<HTMLElement>('[data-result]');
		if (!result) return;
		result.className = `message check-in-result ${kind}`;
		result.textContent = words;
		result.hidden = false;
		const field = form?.querySelector<HTMLInputElement>('input[name=code]');
		if (field) field.value = '';
	}

	#fill(key: string, values: Readonly<Record<string, string>>): string {
		return (this.#words.result[key] ?? '').replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	}

	#time(at: string): string {
		return new Intl.DateTimeFormat(this.dataset['locale'], { hour: '2-digit', minute: '2-digit', timeZone: this.dataset['zone'] }).format(
			new Date(at),
		);
	}

	#read(name: string): unknown {
		return JSON.parse(this.querySelector(`[data-${name}]`)?.textContent ?? 'null');
	}
}

customElements.define('check-in', CheckIn);
