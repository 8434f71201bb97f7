import type { RoomData } from '../components/webinar/room-data.ts';
import { serverClock } from '../components/webinar/server-clock.ts';
import { presence } from '../components/webinar/presence.ts';
import { chatView, materialView, pollView } from '../components/webinar/room-views.ts';
import { PLAYER_SECOND, type PlayerSecond } from '../components/webinar/player-data.ts';
import { STAGE_LINE, type StageLine } from '../components/webinar/stage-data.ts';
import { listen, post } from '../components/webinar/wire.ts';

/** The room in the browser: picture on the hub's clock, the stream, what people say and choose, and proof of presence. */
class LiveRoom extends HTMLElement {
	connectedCallback(): void {
		const data = JSON.parse(this.querySelector('[data-room]')?.textContent ?? '{}') as RoomData;
		const now = serverClock(data.serverTime);
		const chat = chatView(this, data);
		const material = materialView(this, data);
		const poll = pollView(this, data, (name, option) => post(data.slug, 'interactions', { kind: 'vote', poll: name, option }));

		if (data.phase === 'on-demand') {
			this.atSeconds(data, (line) => (line.kind === 'chat' ? chat.add(line) : line.kind === 'resource' && material.add(line)));
			presence(`/api/v1/webinars/${data.slug}/beats`, () => this.querySelector('video')?.paused === false);
			return;
		}
		const run = { startsAt: data.startsAt, endsAt: data.endsAt, waitsForHost: data.waitsForHost };
		const end = listen(this, data, {
			...{ chat: chat.add, poll: poll.open, 'poll-results': poll.results, resource: material.add },
			stage: (line) => this.tellStage(line),
			'stage-call': (line) => this.tellStage(line),
			state: (line) => {
				const { state, at } = line;
				this.tellStage(line);
				if (state === 'live') Object.assign(run, { startsAt: Date.parse(at), endsAt: Infinity, waitsForHost: false });
				else run.endsAt = Date.parse(at);
			},
		});
		const stop = presence(`/api/v1/webinars/${data.slug}/beats`, () => true);
		this.say(data);

		const show = (phase: 'doors' | 'live' | 'ended'): void => {
			for (const badge of this.querySelectorAll<HTMLElement>('[data-badge]')) badge.hidden = badge.dataset['badge'] !== phase;
			this.dataset['phase'] = phase;
		};
		let isOver = false;
		const timer = setInterval(() => {
			const at = now();
			const clock = this.querySelector('[data-clock]');
			const hasBegun = at >= run.startsAt && !run.waitsForHost;
			if (clock) clock.textContent = hasBegun ? elapsed(Math.min(at, run.endsAt) - run.startsAt, data) : '';
			if (hasBegun && at < run.endsAt) {
				if (this.dataset['phase'] !== 'live') show('live');
				this.hide('[data-begins]');
			}
			if (at < run.endsAt || isOver) return;
			isOver = true;
			clearInterval(timer);
			show('ended');
			stop();
			// The last results are on their way for a moment.
			setTimeout(end, 5_000);
			this.hide('[data-say]');
			this.querySelector<HTMLElement>('[data-ended]')!.hidden = false;
		}, 500);
	}

	private tellStage(line: StageLine): void {
		this.dispatchEvent(new CustomEvent(STAGE_LINE, { detail: line }));
	}

	/** Shows the lines of a recording as it comes to them. */
	private atSeconds({ planned }: RoomData, show: (line: RoomData['planned'][number]['message']) => void): void {
		let shown = 0;
		this.addEventListener(PLAYER_SECOND, (event) => {
			const { seconds } = (event as CustomEvent<PlayerSecond>).detail;
			for (let next = planned[shown]; next && next.second <= seconds; next = planned[++shown]) show(next.message);
		});
	}

	private hide(selector: string): void {
		const element = this.querySelector<HTMLElement>(selector);
		if (element) element.hidden = true;
	}

	private say({ slug, words }: RoomData): void {
		const form = this.querySelector<HTMLFormElement>('[data-say]');
		const field = form?.querySelector('input');
		const error = form?.querySelector('[data-say-error]');
		if (!form || !field || !error) return;
		let pending: { readonly text: string; readonly clientId: string } | null = null;
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			const text = field.value.trim();
			if (pending?.text !== text) pending = { text, clientId: crypto.randomUUID() };
			const { clientId } = pending;
			void post(slug, 'interactions', { kind: 'chat', text, clientId }).then((outcome) => {
				error.textContent = outcome.isDone
					? ''
					: (words.failed[outcome.code] ?? words.failed.unknown).replace('{seconds}', String(outcome.waitSeconds));
				if (!outcome.isDone) return;
				pending = null;
				if (field.value.trim() === text) field.value = '';
			});
		});
	}
}

/** A recording says how long it is; nobody knows that of a live one. */
function elapsed(milliseconds: number, { isHosted, startsAt, endsAt }: RoomData): string {
	return isHosted ? clockText(milliseconds) : `${clockText(milliseconds)} / ${clockText(endsAt - startsAt)}`;
}

function clockText(milliseconds: number): string {
	const seconds = Math.floor(milliseconds / 1_000);
	const two = (value: number): string => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3_600);
	return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

customElements.define('live-room', LiveRoom);
