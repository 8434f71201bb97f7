/** Adds the reader's own time to a start, where their clock shows another one than the event's zone. */
class EventTime extends HTMLElement {
	connectedCallback(): void {
		const time = this.querySelector('time');
		const { zone = 'UTC', locale = 'en', own = '' } = this.dataset;
		if (!time || this.querySelector('.own')) return;
		const at = new Date(time.dateTime);
		const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
		const clock = (timeZone: string): string =>
			new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone })
				.format(at)
				.replaceAll(' ', '\u00a0');
		if (clock(here) === clock(zone)) return;
		const line = document.createElement('span');
		line.className = 'own tabular';
		line.textContent = locale === 'en' ? `${clock(here)} ${own}` : `${own} ${clock(here)}`;
		this.append(line);
	}
}

customElements.define('event-time', EventTime);
