/** Pictures that cannot be had, while the CMS is away, leave their plate bare instead of a broken sign. */
export function hideBroken(): void {
	const hide = (image: HTMLImageElement): void => {
		image.style.visibility = 'hidden';
	};
	for (const image of document.images) if (image.complete && image.naturalWidth === 0 && image.getAttribute('src')) hide(image);
	document.addEventListener('error', ({ target }) => target instanceof HTMLImageElement && hide(target), true);
}
