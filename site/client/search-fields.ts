/** Search fields suggest from their first focus on; the script for it comes no sooner. */
export function attendSearch(): void {
	const attended = new WeakSet<HTMLInputElement>();
	document.addEventListener('focusin', ({ target }) => {
		if (!(target instanceof HTMLInputElement) || attended.has(target) || !target.matches('search[data-suggestions] [name=q]')) return;
		attended.add(target);
		void import('./suggest.ts').then(({ suggest }) => suggest(target));
	});
}
