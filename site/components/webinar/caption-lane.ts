import type { Locale } from '#cms/content.ts';
import type { RoomMessage } from '#webinar';

import { rememberCaptions, wantsCaptions } from './captions-choice.ts';

type Caption = Extract<RoomMessage, { kind: 'caption' }>;

/** A line stays for so long when no other follows. */
const SHOWN_MS = 7_000;
/** Older lines of the log are not shown to who comes in. */
const FRESH_MS = 15_000;

/** Typed captions under the picture, in the page's language; a button hides and shows them, and is remembered. */
export function captionLane(root: HTMLElement, locale: Locale): (line: Caption) => void {
	const lane = root.querySelector<HTMLElement>('[data-caption-lane]');
	const toggle = lane?.querySelector<HTMLButtonElement>('button');
	const words = lane?.querySelector<HTMLElement>('p');
	if (!lane || !toggle || !words) return () => undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const show = (): void => {
		words.hidden = !wantsCaptions();
		toggle.setAttribute('aria-pressed', String(wantsCaptions()));
	};
	toggle.addEventListener('click', () => {
		rememberCaptions(!wantsCaptions());
		show();
	});
	return (line) => {
		if (line.locale !== locale || Date.now() - Date.parse(line.at) > FRESH_MS) return;
		lane.hidden = false;
		show();
		words.textContent = line.text;
		clearTimeout(timer);
		timer = setTimeout(() => (words.textContent = ''), SHOWN_MS);
	};
}
