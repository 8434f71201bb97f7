import type { Asset, Item, StageRole } from './content-item.ts';
import type { Locale, LocalisedText } from './locale.ts';

/** Something that happens by itself at a moment of a recording. `atSeconds` counts from the start of the occurrence. */
export interface Moment {
	readonly atSeconds: number;
	readonly kind: 'poll' | 'chat' | 'resource' | 'call' | 'draw';
	/** Stable within the webinar. */
	readonly key: string;
	readonly author: string | null;
	readonly text: LocalisedText;
	readonly options: readonly LocalisedText[];
	/** For a resource or call: `<type>/<slug>` of something published, with the type of {@link CONTENT_TYPES}: `white_papers/my-paper`. */
	readonly target: string | null;
	/** Of a poll; left out: one choice, open to the end, results at once. */
	readonly poll?: MomentPoll;
	/** Of a call to action. */
	readonly action?: 'buy' | 'demo' | 'quote' | 'page';
	/** Of a lucky draw. */
	readonly draw?: MomentDraw;
}

export interface MomentPoll {
	readonly form: 'single' | 'multiple' | 'text' | 'cloud' | 'quiz';
	/** Right answers of a quiz, from 0. */
	readonly correct: readonly number[];
	readonly points: number;
	/** How long it is open; 0: to the end. */
	readonly seconds: number;
	/** When everybody sees the results. */
	readonly shows: 'live' | 'closed';
}

export interface MomentDraw {
	/** Minutes, polls and points that it takes to be in it; 0 asks nothing. */
	readonly minMinutes: number;
	readonly polls: number;
	readonly quizPoints: number;
	readonly prizes: readonly { readonly name: LocalisedText; readonly stock: number }[];
	/** Seconds from its announcement to the draw; 0: when the host draws. */
	readonly seconds: number;
}

/** Something given afterwards to whoever meets all of `rule`; see `webinar/aftermath/eligibility.ts` for what its parts ask. */
export interface Reward {
	readonly gives: 'handout' | 'certificate' | 'replay';
	/** Of replay, from the first play; null for others. */
	readonly days: number | null;
	readonly rule: {
		readonly minMinutes: number;
		readonly minLiveMinutes: number;
		readonly minSharePercent: number;
		readonly polls: number;
		readonly quizPoints: number;
		readonly survey: boolean;
		readonly checkedIn: boolean;
	};
}

export interface WebinarSession {
	readonly startsAt: Date;
	/** Null: as many as the webinar says. */
	readonly capacity: number | null;
	/** '' in both languages: where the webinar says. */
	readonly place: LocalisedText;
	/** IANA name; left out: that of the webinar. */
	readonly timeZone?: string;
}

export interface Webinar extends Item {
	readonly type: 'webinars';
	/** `on-site`: at a place, without a room; people show a ticket at the door. */
	readonly mode: 'live' | 'simulive' | 'on-demand' | 'on-site';
	readonly body: LocalisedText;
	/** Planned start; null for on-demand. */
	readonly startsAt: Date | null;
	/** 'daily': an occurrence each day at the local time of `startsAt` in `timeZone`. */
	readonly repeats: 'none' | 'daily';
	/** Further starts of the same programme, in any order; none of a daily or on-demand one. */
	readonly sessions: readonly WebinarSession[];
	readonly timeZone: string;
	readonly durationMinutes: number;
	/** Seats of each session that names no number of its own; null: no limit. */
	readonly capacity: number | null;
	/** Address of an on-site one, over one or more lines; '' else. */
	readonly place: LocalisedText;
	/** True when the host decides on each registration. */
	readonly needsApproval: boolean;
	/** A short public film shown before the start. */
	readonly trailer: Asset | null;
	/** Speaker slugs. */
	readonly speakers: readonly string[];
	readonly agenda: readonly { readonly minute: number; readonly title: LocalisedText }[];
	readonly moments: readonly Moment[];
	readonly products: readonly string[];
	readonly series: string | null;
	readonly stageRole: StageRole;
	readonly cover: Asset | null;
	/** Recording, WebM or MP4; not public. */
	readonly video: Asset | null;
	/** WebVTT by language; not public. */
	readonly captions: Readonly<Record<Locale, Asset | null>>;
	/** Key of the form that is the survey; null for none. */
	readonly survey: string | null;
	readonly handout: Readonly<Record<Locale, Asset | null>>;
	readonly rewards: readonly Reward[];
	readonly formKey: string;
}
