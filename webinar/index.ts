/**
 * Webinars from announcement to attendance: when each occurrence is, who has a seat, what happens in the room and who was there.
 * People, consents and behaviour events belong to gating, words and recordings to the CMS, pages and streams to the site.
 */
import type { Snapshot, Webinar } from '#cms/content.ts';
import type { ExportList, PersonalDataSource, Reader, Visitor, WhenProved } from '#gating';
import type { OutboxHandler } from '#kernel/outbox.ts';

import { type Aftermath, createAftermath } from './aftermath/create-aftermath.ts';
import { createAttendance } from './attendance/create-attendance.ts';
import type { Attendance, BeatInput, BeatOutcome } from './attendance/public.ts';
import type { WebinarsDeps } from './deps.ts';
import { createHistory } from './import/create-history.ts';
import type { History } from './import/public.ts';
import { createInteractions, createRoomOf } from './interaction/create-room.ts';
import type { Interactions } from './interaction/public.ts';
import { createLibrary, type Library } from './library/create-library.ts';
import { createOnSite } from './on-site/create-on-site.ts';
import type { OnSite } from './on-site/public.ts';
import { createPromotion } from './promotion/create-promotion.ts';
import { createInvitationHandler, INVITATION_KIND } from './promotion/invitation-mail.ts';
import type { Promotion } from './promotion/public.ts';
import { createPersonalData } from './personal-data.ts';
import { draftView } from './programme/draft.ts';
import { createSyncSchedule, SCHEDULE_KIND } from './programme/sync.ts';
import { createProgramme, type Programme, type WebinarView } from './programme/view.ts';
import { type CalendarFeed, type CalendarFeedOrder, createCalendarFeed } from './registration/calendar-feed.ts';
import { createDecide, type Decision } from './registration/decide.ts';
import { createOfferEnd, OFFER_KIND } from './registration/fill-seats.ts';
import { createJoin, type Join } from './registration/join.ts';
import { createMailHandler } from './registration/mail.ts';
import { MAIL_KIND } from './registration/mail-order.ts';
import { createWhenProved } from './registration/proved.ts';
import { createRegister, type RegisterInput, type RegisterOutcome } from './registration/register.ts';
import type { Captions } from './caption/type-line.ts';
import { createReplays } from './replay/create-replay.ts';
import type { Replay } from './replay/public.ts';
import { createReplan } from './reminder/replan.ts';
import { attendeeExport } from './report/attendee-export.ts';
import { registrationExport } from './report/export.ts';
import { createHostReport, type HostReports } from './report/create-host-report.ts';
import { createRunSheets, type RunSheets } from './run-sheet/create-run-sheet.ts';
import { createOverall, type OverallReport } from './report/create-overall.ts';
import { createReport, type WebinarReport } from './report/create-report.ts';
import { type Admission, admissionOf, createPlaceOf } from './room/admission.ts';
import { createEnter, type RoomOutcome } from './room/enter.ts';
import { createRoomSignal } from './room/signal.ts';
import { createStage } from './stage/create-stage.ts';
import type { Stage } from './stage/public.ts';

export interface Webinars extends Programme, Interactions, Attendance {
	/** @throws DomainError not-found when no such webinar is published. */
	register(input: RegisterInput): Promise<RegisterOutcome>;
	/** Coming occurrences as a calendar to subscribe to. */
	calendar(order: CalendarFeedOrder): Promise<CalendarFeed>;
	/** A webinar that is not published, as its page will show it. */
	draft(webinar: Webinar): WebinarView;
	/** The host's word on registrations. Returns how many were decided. */
	decide(occurrenceId: string, registrationIds: readonly string[], decision: Decision, by: Pick<Reader, 'actor' | 'origin'>): Promise<number>;
	/** The personal link of a registrant. */
	readonly join: Join;
	/** The door of a fair, summit or workshop. */
	readonly onSite: OnSite;
	/** What brings people, and by which entrance they come. */
	readonly promotion: Promotion;
	/** How hosts mean it to go. */
	readonly runSheets: RunSheets;
	/** Whether this visitor may be in the room of the webinar's present occurrence. */
	admit(slug: string, visitor: Visitor): Promise<Admission>;
	/** The room for this visitor, with everything said so far. */
	room(slug: string, visitor: Visitor): Promise<RoomOutcome>;
	/** Takes a webhook of the media server: the raw body and the header `authorization`. */
	roomSignal(rawBody: string, authorization: string): Promise<'accepted' | 'forbidden'>;

	/** Recordings afterwards and on demand. */
	readonly replay: Replay;
	/** Captions typed while it runs. */
	readonly captions: Captions;
	/** Live webinars: beginning, ending and the stage. */
	readonly stage: Stage;

	/** What comes after a session: survey, rewards, certificate, questions, mails. */
	readonly aftermath: Aftermath;
	/** Following of series and speakers. */
	readonly library: Library;
	/** Sessions held elsewhere, and who was there. */
	readonly history: History;
	/** Who registered and who came, for the console. */
	readonly report: WebinarReport;
	/** What came of all webinars of a period. */
	readonly overall: OverallReport;
	/** What came of a session, for its host. */
	readonly hostReports: HostReports;
	/** Registrations, and everything a report counts of attendees, as files. */
	readonly exportLists: readonly ExportList[];

	/** Copies the schedule of the CMS to the occurrences; at start, after each change, and every hour, since daily ones are made three days ahead. Returns how many changed. */
	syncSchedule(snapshot: Snapshot): Promise<number>;
	/** Calls `listener` after each copy: what showed dates since the change of content may show the old ones. Returns the function that ends it. */
	onSchedule(listener: () => void): () => void;

	/** Deliveries of this folder, by outbox kind. */
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
	readonly personalData: PersonalDataSource;
	/** Counts registrations once gating proved an address. */
	readonly whenProved: WhenProved;
}

export function createWebinars(deps: WebinarsDeps): Webinars {
	const log = createRoomOf(deps);
	const placeOf = createPlaceOf(deps);
	const sync = createSyncSchedule(deps);
	const followers = new Set<() => void>();
	const report = createReport(deps);
	const changed = (): void => {
		for (const listener of followers) listener();
	};
	const aftermath = createAftermath(deps);
	const library = createLibrary(deps);
	const whenRegistrantProved = createWhenProved(deps);
	const inRoom = { ...deps, ...log, placeOf };
	const stage = createStage({ ...inRoom, changed });
	const interactions = createInteractions(inRoom);
	const replays = createReplays(inRoom);
	const hostReports = createHostReport(deps, interactions);
	const inFiles = { people: deps.gating.people, timeZone: () => deps.content().site.timeZone };

	return Object.freeze<Webinars>({
		...createProgramme(deps),
		draft: (webinar) => draftView(webinar, deps.now()),
		register: createRegister(deps),
		calendar: createCalendarFeed(deps),
		decide: createDecide(deps),
		join: createJoin(deps),
		onSite: createOnSite(deps),
		promotion: createPromotion(deps),
		runSheets: createRunSheets(deps),
		admit: async (slug, visitor) => admissionOf(await placeOf(slug, visitor)),
		...createEnter(inRoom),
		...interactions,
		...createAttendance({ ...inRoom, settleMore: replays.settle }),
		replay: replays.replay,
		captions: replays.captions,
		stage,
		report,
		overall: createOverall(deps),
		exportLists: [registrationExport({ ...inFiles, report }), attendeeExport({ ...inFiles, reports: hostReports })],
		roomSignal: createRoomSignal(deps, stage.heard),
		syncSchedule: async (snapshot) => {
			try {
				return await sync(snapshot);
			} finally {
				changed();
			}
		},
		onSchedule: (listener) => {
			followers.add(listener);
			return () => followers.delete(listener);
		},
		aftermath,
		library,
		history: createHistory(deps),
		hostReports,
		handlers: {
			...aftermath.handlers,
			[MAIL_KIND]: createMailHandler(deps),
			[OFFER_KIND]: createOfferEnd(deps),
			[INVITATION_KIND]: createInvitationHandler(deps),
			[SCHEDULE_KIND]: createReplan(deps),
			...stage.handlers,
			...replays.handlers,
		},
		personalData: createPersonalData(inRoom),
		whenProved: async (tx, proved) => {
			await whenRegistrantProved(tx, proved);
			await library.whenProved(tx, proved);
		},
	});
}

export type { Admission, BeatInput, BeatOutcome, RegisterInput, RegisterOutcome, RoomOutcome, WebinarsDeps };
export type * from './interaction/public.ts';
export type { Followed } from './library/create-library.ts';
export type { CheckInEntry, CheckInHow, CheckInOutcome, Expected, OnSite, WalkInOutcome } from './on-site/public.ts';
export type { BannerPlace, BannerSettings, BannerShown, Promotion, SiteBanners } from './promotion/public.ts';
export { type Check, CHECKS } from './run-sheet/create-run-sheet.ts';
export type { OccurrenceView, SessionView } from './programme/session.ts';
export type { WebinarView } from './programme/view.ts';
export type { Decision } from './registration/decide.ts';
export type { JoinOutcome, PeekedJoin, Standing, UncheckedLink } from './registration/join.ts';
export type { RegistrationState } from './schema.ts';
export type * from './aftermath/public.ts';
export type { Attendee, CurvePoint } from './report/count.ts';
export type { Figure, FigureName, HostReport, ProgrammeRow } from './report/create-host-report.ts';
export type { SaidInRoom } from './report/said.ts';
export type { OccurrenceReport, RegistrationReport, WebinarReport } from './report/create-report.ts';
export type { Picture, RoomView } from './room/enter.ts';
export type * from './import/public.ts';
export type * from './stage/public.ts';
export type { Rooms } from './room/rooms.ts';
export type * from './replay/public.ts';
export { createRooms } from './room/create.ts';
export { TURNOUT, type Turnout, turnoutOf } from './attendance/public.ts';
