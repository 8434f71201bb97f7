/** Suggestions below a search field: a list to walk through with the arrow keys, as the pattern of the editable combobox has it. */
interface Suggested {
	readonly kind: 'item' | 'query';
	readonly text: string;
	readonly segments: readonly { readonly text: string; readonly isMatch: boolean }[];
	/** Kind of content in the reader's language; null for a query. */
	readonly typeName: string | null;
	readonly url: string | null;
}

const PAUSE_MS = 120;
const MOST = 8;
let lists = 0;

/** Makes `input` suggest; called once for each field, at its first focus. Source: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function suggest(input: HTMLInputElement): void {
	const { form } = input;
	if (!form) return;
	const list = document.createElement('ul');
	const status = document.createElement('p');
	const { suggestions = '', suggestionCount = '' } = input.closest('search')?.dataset ?? {};
	list.id = `suggestions-${++lists}`;
	list.className = 'suggestions';
	list.role = 'listbox';
	list.ariaLabel = suggestions;
	list.hidden = true;
	status.className = 'visually-hidden';
	status.role = 'status';
	form.append(list, status);
	// A field of type search may not be a combobox.
	input.type = 'text';
	input.inputMode = 'search';
	input.enterKeyHint = 'search';
	for (const [name, value] of [
		['role', 'combobox'],
		['aria-autocomplete', 'list'],
		['aria-controls', list.id],
		['aria-expanded', 'false'],
	] as const)
		input.setAttribute(name, value);

	let shown: readonly Suggested[] = [];
	/** The chosen one; -1: none. */
	let at = -1;
	let timer = 0;
	let asked = 0;

	const mark = (to: number): void => {
		at = to;
		for (const [index, option] of [...list.children].entries()) {
			option.ariaSelected = String(index === at);
			if (index === at) option.scrollIntoView({ block: 'nearest' });
		}
		if (at < 0) input.removeAttribute('aria-activedescendant');
		else input.setAttribute('aria-activedescendant', `${list.id}-${at}`);
	};
	const show = (items: readonly Suggested[]): void => {
		shown = items;
		list.replaceChildren(...items.map((item, index) => optionOf(item, `${list.id}-${index}`)));
		list.hidden = items.length === 0;
		input.ariaExpanded = String(items.length > 0);
		status.textContent = items.length === 0 ? '' : suggestionCount.replace('{count}', String(items.length));
		mark(-1);
	};
	const take = ({ url, text }: Suggested): void => {
		show([]);
		if (url !== null) return void location.assign(url);
		input.value = text;
		form.requestSubmit();
	};
	const ask = async (): Promise<void> => {
		const own = ++asked;
		const q = input.value.trim();
		if (q === '') return show([]);
		const query = new URLSearchParams({ q, locale: document.documentElement.lang, limit: String(MOST) });
		const answer = await fetch(`/api/v1/search/suggest?${query}`).catch(() => null);
		// Without an answer the field is what it was: a form. A late answer is not shown over a newer one.
		if (own !== asked || document.activeElement !== input) return;
		show(answer?.ok ? ((await answer.json()) as { items: readonly Suggested[] }).items : []);
	};

	input.addEventListener('input', () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => void ask(), PAUSE_MS);
	});
	input.addEventListener('keydown', (event) => {
		if (event.isComposing) return;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const chosen = shown[at];
		if (step !== undefined) {
			event.preventDefault();
			if (shown.length === 0) void ask();
			else mark(((at + 1 + step + shown.length + 1) % (shown.length + 1)) - 1);
		} else if (event.key === 'Escape' && shown.length > 0) {
			event.preventDefault();
			show([]);
		} else if (event.key === 'Enter' && chosen) {
			event.preventDefault();
			take(chosen);
		}
	});
	input.addEventListener('blur', () => show([]));
	// The field would lose the focus, and the list with it, before the click comes.
	list.addEventListener('pointerdown', (event) => event.preventDefault());
	list.addEventListener('click', ({ target }) => {
		const option = target instanceof Element ? target.closest('li') : null;
		const item = option && shown[[...list.children].indexOf(option)];
		if (item) take(item);
	});
	form.addEventListener('submit', () => show([]));
}

function optionOf({ segments, typeName }: Suggested, id: string): HTMLLIElement {
	const option = document.createElement('li');
	option.id = id;
	option.role = 'option';
	const words = document.createElement('span');
	words.append(
		...segments.map(({ text, isMatch }) => {
			if (!isMatch) return text;
			const mark = document.createElement('mark');
			mark.textContent = text;
			return mark;
		}),
	);
	option.append(words);
	if (typeName !== null) {
		const kind = document.createElement('span');
		kind.className = 'small quiet';
		kind.textContent = typeName;
		option.append(kind);
	}
	return option;
}
