/** A stenographer's page: lines are sent without leaving it, one after another, and stay below as sent. */
const form = document.querySelector<HTMLFormElement>('[data-captions]');
const field = form?.querySelector<HTMLInputElement>('[name=line]');
const state = form?.querySelector('[data-state]');
const list = form?.querySelector('[data-lines]');
const SHOWN = 12;

export {};

let queue = Promise.resolve();
form?.addEventListener('submit', (event) => {
	event.preventDefault();
	const line = field?.value.trim() ?? '';
	if (!field || line === '') return;
	const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
	field.value = '';
	field.focus();
	queue = queue
		.then(() => fetch(location.pathname, { method: 'POST', body }))
		.then(({ ok }) => {
			if (state) state.textContent = (ok ? form.dataset['sent'] : form.dataset['failed']) ?? '';
			const item = document.createElement('li');
			item.textContent = line;
			if (ok) list?.prepend(item);
			else if (field.value === '') field.value = line;
			while (list && list.children.length > SHOWN) list.lastElementChild?.remove();
		})
		.catch(() => {
			if (state) state.textContent = form.dataset['failed'] ?? '';
			if (field.value === '') field.value = line;
		});
});
