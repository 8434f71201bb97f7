/** What needs a script on a product's page: copying and printing. Without it values are selected by a click. */
const COPIED_MS = 2_000;

/** Puts `data-text` into the clipboard, and says so. */
class CopyButton extends HTMLElement {
	connectedCallback(): void {
		if (!navigator.clipboard || this.firstChild) return;
		const { text = '', label = '', name = '', done = '' } = this.dataset;
		const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: name });
		button.setAttribute('aria-label', label);
		const said = Object.assign(document.createElement('span'), { className: 'visually-hidden', role: 'status' });
		button.addEventListener('click', () => {
			void navigator.clipboard.writeText(text).then(() => {
				button.textContent = said.textContent = done;
				setTimeout(() => {
					button.textContent = name;
					said.textContent = '';
				}, COPIED_MS);
			});
		});
		this.append(button, said);
	}
}

/** A click on a value copies it; without script, and beside it, the click selects it. */
class CopyValues extends HTMLElement {
	connectedCallback(): void {
		this.addEventListener('click', (event) => {
			const cell = (event.target as Element).closest<HTMLElement>('td');
			if (!cell || !navigator.clipboard) return;
			void navigator.clipboard.writeText((cell.textContent ?? '').trim().replaceAll('\u202f', ' ')).then(() => {
				cell.dataset['copied'] = this.dataset['done'] ?? '';
				setTimeout(() => delete cell.dataset['copied'], COPIED_MS);
			});
		});
	}
}

class PrintButton extends HTMLElement {
	connectedCallback(): void {
		if (this.firstChild) return;
		const button = Object.assign(document.createElement('button'), {
			type: 'button',
			className: 'button is-quiet',
			textContent: this.dataset['name'] ?? '',
		});
		button.addEventListener('click', () => print());
		this.append(button);
	}
}

customElements.define('copy-button', CopyButton);
customElements.define('copy-values', CopyValues);
customElements.define('print-button', PrintButton);
