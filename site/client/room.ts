import type { RoomMessage } from '#webinar';

import type { RoomData } from '../components/webinar/room-data.ts';
import { serverClock } from '../components/webinar/server-clock.ts';
import { presence } from '../components/webinar/presence.ts';
import { captionLane } from '../components/webinar/caption-lane.ts';
import { barView } from '../components/webinar/room-bar.ts';
import { cardView } from '../components/webinar/room-cards.ts';
import { chatView } from '../components/webinar/room-chat.ts';
import { pollView } from '../components/webinar/room-poll.ts';
import { questionView } from '../components/webinar/room-questions.ts';
import { ownLine, sayForm, type Written } from '../components/webinar/room-say.ts';
import { roomTabs } from '../components/webinar/room-tabs.ts';
import { PLAYER_SECOND, type PlayerSecond } from '../components/webinar/player-data.ts';
import { STAGE_LINE, type StageLine } from '../components/webinar/stage-data.ts';
import { listen, post } from '../components/webinar/wire.ts';

/** The room in the browser: picture on the hub's clock, the stream, what people say and choose, and proof of presence. */
class LiveRoom extends HTMLElement {
	connectedCallback(): void {
		const data = JSON.parse(this.querySelector('[data-room]')?.textContent ?? '{}') as RoomData;
		const now = serverClock(data.serverTime);
		const chat = chatView(this, data);
		const send = (act: object) => post(data.slug, 'interactions', act);
		const cards = cardView(this, data, send);

		if (data.phase === 'on-demand') {
			this.atSeconds(data, (line) => (line.kind === 'chat' ? chat.add(line) : line.kind === 'resource' && cards.material(line)));
			presence(`/api/v1/webinars/${data.slug}/beats`, () => this.querySelector('video')?.paused === false);
			return;
		}
		const poll = pollView(this, data, send);
		const questions = questionView(this, data, send);
		const bar = barView(this, data, send);
		roomTabs(this);
		const run = { startsAt: data.startsAt, endsAt: data.endsAt, waitsForHost: data.waitsForHost };
		const end = listen(this, data, {
			chat: (line) => chat.add(line),
			pin: chat.pin,
			...{ poll: poll.open, 'poll-results': poll.results, 'poll-closed': poll.close, ranking: poll.ranking },
			question: (line) => questions.add(line),
			...{ 'question-state': questions.settle, 'question-votes': questions.votes },
			moderation: (line) => {
				chat.moderate(line);
				questions.moderate(line);
			},
			...{ resource: cards.material, call: cards.call, draw: cards.draw, reactions: bar.reactions },
			caption: captionLane(this, data.locale),
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
		const own = (line: RoomMessage, note: string): void => {
			if (line.kind === 'chat') chat.add(line, note);
			if (line.kind === 'question') questions.add(line, note);
		};
		for (const line of data.me.unseen) own(line, line.kind === 'question' && line.isPrivate ? data.interaction.onlyHost : data.interaction.held);
		for (const form of this.querySelectorAll<HTMLFormElement>('[data-say]'))
			sayForm(form, data, send, (written: Written, seq, note) => own(ownLine(written, seq, data), note));

		const show = (phase: 'doors' | 'live' | 'ended'): void => {
			for (const badge of this.querySelectorAll<HTMLElement>('[data-badge]')) badge.hidden = badge.dataset['badge'] !== phase;
			this.dataset['phase'] = phase;
		};
		let isOver = false;
		const timer = setInterval(() => {
			const at = now();
			const clock = this.querySelector('[data-clock]');
			poll.tick(at);
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
			for (const part of this.querySelectorAll<HTMLElement>('[data-say], [data-bar-actions]')) part.hidden = true;
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
