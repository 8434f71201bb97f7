/** A button that searches near the browser's position: rounded to a tenth of a degree here, so that nothing finer leaves it. */
class DealerPosition extends HTMLElement {
	connectedCallback(): void {
		const button = this.querySelector('button');
		const note = this.querySelector<HTMLElement>('[role=status]');
		if (!button || !note || !('geolocation' in navigator)) return;
		button.hidden = false;
		note.hidden = false;
		button.addEventListener('click', () => {
			button.setAttribute('aria-disabled', 'true');
			navigator.geolocation.getCurrentPosition(
				({ coords }) => this.search(coords),
				() => {
					button.removeAttribute('aria-disabled');
					note.textContent = this.dataset['failed'] ?? '';
				},
				{ maximumAge: 600_000, timeout: 10_000 },
			);
		});
	}

	private search({ latitude, longitude }: GeolocationCoordinates): void {
		const form = this.parentElement?.querySelector('form');
		if (!form) return;
		const query = new URLSearchParams([...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].map(({ name, value }) => [name, value]));
		query.set('at', `${latitude.toFixed(1)},${longitude.toFixed(1)}`);
		location.assign(`${form.action}?${query.toString()}`);
	}
}

customElements.define('dealer-position', DealerPosition);
