import type { Texts } from '#kernel/texts/texts.ts';
import type { StagePerson, StageView } from '#webinar';

type Words = Texts['stage']['studio'];
type Outcome = { readonly status?: string } & Readonly<Record<string, unknown>>;

const LOOK_MS = 3_000;

/** The host's side of the stage: looks every few seconds at who is there and what is wrong, and sends what the host does. */
class StageHost extends HTMLElement {
	#words!: Words;
	#view!: StageView;
	#drawn = '';
	#timer: ReturnType<typeof setTimeout> | undefined;

	connectedCallback(): void {
		const { view, text } = JSON.parse(this.querySelector('[data-view]')?.textContent ?? '{}') as { view: StageView; text: Words };
		this.#words = text;
		this.#show(view);
		this.querySelector('[data-go]')?.addEventListener('click', () => void this.#act({ act: 'live' }));
		const dialog = this.querySelector<HTMLDialogElement>('[data-finish-dialog]');
		this.querySelector('[data-finish]')?.addEventListener('click', () => dialog?.showModal());
		dialog?.addEventListener('close', () => dialog.returnValue === 'end' && void this.#act({ act: 'end' }));
		for (const button of this.querySelectorAll<HTMLElement>('[data-layout-set]'))
			button.addEventListener('click', () => void this.#act({ act: 'layout', layout: button.dataset['layoutSet'] }));
		// Whoever lists registrants in the studio calls them by a button with `data-invite`.
		this.closest('.studio')?.addEventListener('click', (event) => {
			const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-invite]') : null;
			if (button) void this.#invite(button);
		});
		void this.#look();
	}

	disconnectedCallback(): void {
		clearTimeout(this.#timer);
	}

	async #look(): Promise<void> {
		clearTimeout(this.#timer);
		try {
			const answer = await fetch(this.dataset['address'] ?? '');
			if (answer.ok) this.#show((await answer.json()) as StageView);
		} catch {
			this.#error(this.#words.failed);
		}
		this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
	}

	async #act(order: Readonly<Record<string, unknown>>): Promise<Outcome> {
		let outcome: Outcome;
		try {
			const answer = await fetch(this.dataset['address'] ?? '', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(order),
			});
			outcome = (await answer.json()) as Outcome;
			const isRefused = !answer.ok || outcome.status === 'too-early';
			this.#error(!isRefused ? '' : outcome.status === 'too-early' ? this.#words['too-early'] : this.#words.failed);
		} catch {
			outcome = {};
			this.#error(this.#words.failed);
		}
		await this.#look();
		return outcome;
	}

	async #invite(button: HTMLButtonElement): Promise<void> {
		const { status } = await this.#act({ act: 'invite', registrationId: button.dataset['invite'] });
		if (status === 'called') button.textContent = this.#words.invited;
		else this.#error(this.#words.failed);
	}

	#show(view: StageView): void {
		const drawn = JSON.stringify(view);
		if (drawn === this.#drawn) return;
		this.#drawn = drawn;
		this.#view = view;
		const { status, media, viewers, layout } = view;
		const words = this.#words;
		this.dataset['status'] = status;
		this.#text('[data-run]', status === 'live' ? words.begun : status === 'ended' ? words.over : words.offAir);
		this.#text('[data-viewers]', viewers === null ? words.unknown : words.viewers.replace('{count}', String(viewers)));
		this.#text('[data-media]', words.media[media.state]);
		this.querySelector<HTMLElement>('[data-media]')?.classList.toggle('field-error', media.state === 'down');
		this.querySelector<HTMLElement>('[data-go]')!.hidden = status !== 'doors' && status !== 'scheduled';
		this.querySelector<HTMLElement>('[data-finish]')!.hidden = status !== 'live';
		for (const button of this.querySelectorAll<HTMLElement>('[data-layout-set]'))
			button.setAttribute('aria-pressed', String(button.dataset['layoutSet'] === layout.layout));
		const stage = this.querySelector('live-stage');
		stage?.dispatchEvent(new CustomEvent('stage-layout', { detail: layout }));
		if (status === 'ended') stage?.dispatchEvent(new CustomEvent('stage-close'));
		this.#people(view.people);
		this.#recordings();
	}

	#people(people: readonly StagePerson[]): void {
		const list = this.querySelector('[data-people]');
		const focus = (document.activeElement as HTMLElement | null)?.dataset['key'];
		const rows = people.filter(({ role, isCalled, isBanned, isConnected }) => role !== 'viewer' || isCalled || isBanned || isConnected);
		list?.replaceChildren(...(rows.length > 0 ? rows.map((person) => this.#row(person)) : [element('li', this.#words.peopleNone)]));
		if (focus !== undefined) this.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus();
	}

	#row(person: StagePerson): HTMLElement {
		const words = this.#words;
		const { identity, name, role, kind, isCalled, isBanned, isConnected } = person;
		const isLarge = this.#view.layout.spotlight === identity;
		const state = isBanned ? words.barred : isCalled ? words.called : isConnected ? words.here : words.away;
		const acts: (readonly [string, Readonly<Record<string, unknown>>])[] = [];
		if (isConnected && role !== 'viewer') acts.push([words.mute, { act: 'mute', identity }]);
		if (role !== 'viewer') acts.push([isLarge ? words.unspotlight : words.spotlight, { act: 'spotlight', identity: isLarge ? null : identity }]);
		if (kind === 'registrant' && (role !== 'viewer' || isCalled)) acts.push([isCalled ? words.withdraw : words.back, { act: 'back', identity }]);
		if (kind !== 'staff') {
			if (isConnected) acts.push([words.remove, { act: 'remove', identity }]);
			acts.push(isBanned ? [words.unban, { act: 'unban', identity }] : [words.ban, { act: 'ban', identity }]);
		}
		const title = name || words.role[role];
		const bar = element('div', '');
		bar.className = 'acts';
		for (const [word, order] of acts) {
			const button = document.createElement('button');
			button.type = 'button';
			button.className = 'button is-link';
			button.textContent = word;
			button.setAttribute('aria-label', `${word}: ${title}`);
			button.dataset['key'] = `${identity} ${String(order['act'])}`;
			button.addEventListener('click', () => void this.#act(order));
			bar.append(button);
		}
		const row = element('li', '');
		row.dataset['identity'] = identity;
		const head = element('span', '');
		head.append(element('b', title), ` · ${words.role[role]} · ${state}`);
		row.append(head, bar);
		return row;
	}

	#recordings(): void {
		const { recordings } = this.#view;
		const words = this.#words;
		this.querySelector<HTMLElement>('[data-no-recording]')!.hidden = recordings.length > 0;
		this.querySelector('[data-recordings]')?.replaceChildren(
			...recordings.map(({ state, problem, source }) => {
				const why = words.problem[problem as keyof Words['problem']] ?? '';
				const line = state === 'failed' ? words.recordingFailed.replace('{problem}', why) : `${words.source[source]}: ${words.recordings[state]}`;
				const row = element('li', line);
				if (state === 'failed') row.className = 'field-error';
				return row;
			}),
		);
	}

	#text(selector: string, text: string): void {
		const found = this.querySelector(selector);
		if (found && found.textContent !== text) found.textContent = text;
	}

	#error(text: string): void {
		this.#text('[data-host-error]', text);
	}
}

function element(name: 'li' | 'b' | 'span' | 'div', text: string): HTMLElement {
	const made = document.createElement(name);
	made.textContent = text;
	return made;
}

customElements.define('stage-host', StageHost);
