/*
 * Runs in the head, before the first paint: a banner that was hidden in this tab never shows. Plain JavaScript, since it is sent as it stands.
 * What is remembered is the id of the banner, in this tab only.
 */
(() => {
	const KEY = 'foyer-banner-hidden';
	const root = document.documentElement;
	const { banner } = document.currentScript.dataset;
	const hide = () => (root.dataset.bannerHidden = '');
	try {
		if (sessionStorage.getItem(KEY) === banner) hide();
	} catch {
		// Storage is closed: the box hides it on this page.
	}
	addEventListener('change', ({ target }) => {
		if (!target.closest('.site-banner-hide')) return;
		hide();
		document.getElementById('content').focus({ preventScroll: true });
		try {
			sessionStorage.setItem(KEY, banner);
		} catch {
			// As above.
		}
	});
})();
