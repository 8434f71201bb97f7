const SHOWN_SUGGESTIONS = 8;
const SHORTEST_PREFIX = 2;

interface When {
	readonly effect: 'show' | 'require';
	readonly field: string;
	readonly values: readonly string[];
	readonly isRequired: boolean;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What makes a form easier to fill in, and stays in the browser: fields that come and go, countries by the clock's zone, company names. */
export function help(form: HTMLFormElement): void {
	followRules(form);
	presetCountries(form);
	for (const list of form.querySelectorAll<HTMLDataListElement>('datalist[data-suggest]')) void suggest(list);
}

/** Shows and requires fields as the other answers have it. The hub decides by the same rule when the form is sent. */
function followRules(form: HTMLFormElement): void {
	const ruled = [...form.querySelectorAll<HTMLElement>('[data-when]')].map((box) => ({ box, when: JSON.parse(box.dataset['when']!) as When }));
	if (ruled.length === 0) return;
	const apply = (): void => {
		for (const { box, when } of ruled) {
			const fits = holds(when, new FormData(form).getAll(when.field).map(String));
			const isShown = when.effect === 'require' || fits;
			box.hidden = !isShown;
			const isRequired = isShown && fits && when.isRequired;
			for (const control of box.querySelectorAll<Control>('input, select, textarea')) {
				control.disabled = !isShown;
				if (!control.name.endsWith('-country')) control.required = isRequired;
			}
			const optional = box.querySelector<HTMLElement>('.field-optional');
			if (optional) optional.hidden = isRequired;
		}
	};
	form.addEventListener('input', apply);
	form.addEventListener('change', apply);
	apply();
}

function holds({ values }: When, answers: readonly string[]): boolean {
	const given = answers.map(fold).filter((answer) => answer !== '');
	return values.length === 0 ? given.length > 0 : values.some((value) => given.includes(fold(value)));
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The country whose clock the machine shows, while nobody chose another. */
function presetCountries(form: HTMLFormElement): void {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	for (const select of form.querySelectorAll<HTMLSelectElement>('select[data-preset]')) {
		const number = select.parentElement?.querySelector<HTMLInputElement>('input[type=tel]');
		delete select.dataset['preset'];
		const here = number?.value === '' ? [...select.options].find(({ value }) => zonesOf(value).includes(zone)) : undefined;
		if (here) select.value = here.value;
	}
}

function zonesOf(country: string): readonly string[] {
	const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
		getTimeZones?: () => readonly string[] | undefined;
		timeZones?: readonly string[];
	};
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Fetches the public list once and chooses from it here: what is typed goes nowhere. */
async function suggest(list: HTMLDataListElement): Promise<void> {
	const input = list.parentElement?.querySelector<HTMLInputElement>(`input[list="${list.id}"]`);
	const names = await fetch(`/api/v1/companies?locale=${document.documentElement.lang}`)
		.then(async (answer) => (answer.ok ? ((await answer.json()) as { readonly items: readonly string[] }).items : []))
		.catch(() => []);
	if (!input || names.length === 0) return;
	const show = (): void => {
		const typed = fold(input.value);
		const fitting = typed.length < SHORTEST_PREFIX ? [] : names.filter((name) => begins(fold(name), typed));
		list.replaceChildren(...fitting.slice(0, SHOWN_SUGGESTIONS).map((name) => Object.assign(document.createElement('option'), { value: name })));
	};
	input.addEventListener('input', show);
	show();
}

/** By the beginning of a word; Chinese names have no words, so anywhere. */
function begins(name: string, typed: string): boolean {
	return /\p{Script=Han}/u.test(typed) ? name.includes(typed) : ` ${name}`.includes(` ${typed}`);
}
