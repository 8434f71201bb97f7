/**
 * Gating decides who a visitor is, what they may see, what they agreed to, how warm they are and who works them. It leaves
 * words and pictures to the CMS, webinars to their own folder, and requests, cookies and HTML to the site.
 * This is the only file that others import.
 */
import type { Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { JobHandler } from '#kernel/job.ts';
import type { KeptFiles } from '#kernel/kept-files.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import { type Acceptance, createAcceptance } from './acceptance/create-acceptance.ts';
import { confirmationMailHandler } from './access/confirmation-mail.ts';
import { type Accesses, createAccess } from './access/create-access.ts';
import { CONFIRMATION_MAIL } from './access/grant.ts';
import { createSeen } from './access/pass.ts';
import type { WhenProved } from './access/prove.ts';
import { createBursts } from './cleaning/burst.ts';
import { type Channels, createChannels } from './channel/create-channels.ts';
import { createQuarantine, type Quarantine } from './cleaning/quarantine.ts';
import { type Consents, createConsents } from './consent/create-consents.ts';
import { createPreferences, type Preferences } from './consent/create-preferences.ts';
import { OWN_LINK_MAIL, ownLinkMailHandler } from './consent/own-mail.ts';
import { createDealers, type Dealers } from './dealer/create-dealers.ts';
import { createDesk, type Desk } from './desk/create-desk.ts';
import { createEvents, type Events } from './event/create-events.ts';
import { createForms, formDepsOf, type Forms } from './form/create-forms.ts';
import { createExperiments, type Experiments } from './experiment/create-experiments.ts';
import type { ExportList } from './export/list.ts';
import { createFunnel, type Funnel } from './funnel/create-funnel.ts';
import { createHandOff, type HandOff } from './handoff/create-handoff.ts';
import type { WebhooksDeps } from './webhook/create-webhooks.ts';
import type { SetCookie } from './identity/cookies.ts';
import { browserOf, identify } from './identity/identify.ts';
import { createKnownVisitors } from './identity/known-visitors.ts';
import { createPeople, type People } from './identity/create-people.ts';
import type { Contact } from './identity/profile.ts';
import type { ResolveInput, ResolveOutcome } from './identity/resolve.ts';
import { signOut } from './identity/sign-out.ts';
import type { SubmissionView } from './identity/submission.ts';
import type { VerifiedAct, VerifiedActInput } from './identity/verify.ts';
import type { Visitor, VisitorCookies } from './identity/visitor.ts';
import { createImports, type Imports } from './import/create-imports.ts';
import type { ImportedSessions } from './import/sessions.ts';
import { createLeads, type Leads } from './lead/create-leads.ts';
import { createOffers, type Offers } from './offer/create-offers.ts';
import { offerHandlers } from './offer/handlers.ts';
import { offersData } from './offer/personal-data.ts';
import { createWork, type Work } from './lifecycle/create-work.ts';
import { workData } from './lifecycle/personal-data.ts';
import { createMessages, type Messages, type MessagesDeps } from './message/create-messages.ts';
import { createNurture, type Nurture } from './nurture/create-nurture.ts';
import { createProfiles, type Profiles } from './profile/create-profiles.ts';
import { gatingData } from './privacy/own-data.ts';
import { createPrivacy, type Privacy } from './privacy/create-privacy.ts';
import type { PersonalDataSource } from './privacy/source.ts';
import { createQuotes, type Quotes } from './quote/create-quotes.ts';
import { createReferrals, type Referrals } from './referral/create-referrals.ts';
import { createReport, type Report } from './report/create-report.ts';
import { createResults, type Results, type ResultsDeps } from './results/create-results.ts';
import { createRouting, type Routing } from './routing/create-routing.ts';
import { createScoring, type Scoring } from './scoring/create-scoring.ts';
import { createTicker } from './scoring/ticker.ts';
import { createStaff, type StaffDirectory, type StaffDoor } from './staff/create-staff.ts';
import { createTokens, type Tokens } from './token/create-tokens.ts';
import { type Audience, createAudience } from './tag/create-audience.ts';

export interface GatingDeps extends Pick<ResultsDeps, 'otherReports' | 'printReports'> {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	/** Origin of links in mails, without a trailing slash. */
	readonly origin: string;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
	/** Published content in memory. */
	readonly content: () => Snapshot;
	readonly mailer: Mailer;
	readonly sms?: MessagesDeps['sms'];
	/** Where accounts of staff live. */
	readonly directory: StaffDirectory;
	/** Read at each call: sources that are made after gating may be pushed in. */
	readonly personalData: readonly PersonalDataSource[];
	/** What other folders do once an address is proved for a subject of theirs. Read at each call. */
	readonly whenProved?: readonly WhenProved[];
	/** Where lists of who was at a session go. Read at each call. */
	readonly sessions?: readonly ImportedSessions[];
	readonly files: KeptFiles;
	/** Lists of other folders that can be taken away as files. Read at each call. */
	readonly exportLists?: readonly ExportList[];
	/** Where webhooks may go; left out: public addresses only. */
	readonly webhooks?: WebhooksDeps['webhooks'];
}

export interface Gating extends Audience, Desk, HandOff, Nurture {
	readonly visitors: {
		/** Never writes: unknown, expired and forged cookies make a stranger. */
		identify(cookies: VisitorCookies): Promise<Visitor>;
		/** Whether what `identify` answered with this object is still true; false where that is not remembered. From memory. */
		holds(visitor: Visitor): boolean;
		/** "Not you?": ends the pass and cuts this browser loose from the person. */
		signOut(cookies: VisitorCookies): Promise<{ readonly setCookies: readonly SetCookie[] }>;
	};
	readonly consents: Consents;
	/** The person's own page: choices, data, the links to it. */
	readonly preferences: Preferences;
	/** Mails to people, checked at the moment they go. */
	readonly messages: Messages;
	readonly forms: Forms;
	readonly people: People;
	/** Who may open what: links, codes, passes, grants and files. */
	readonly access: Accesses;
	readonly privacy: Privacy;
	/** Behaviour: what visitors and leads do. */
	readonly events: Events;
	/** What is known of visitors who agreed to personalisation. */
	readonly profiles: Profiles;
	readonly scoring: Scoring;
	/** What is tried on the site, and what came of it. */
	readonly experiments: Experiments;
	/** Which rules and leads sales accepts. */
	readonly acceptance: Acceptance;
	readonly leads: Leads;
	/** Where leads stand and how far they come. */
	readonly funnel: Funnel;
	/** What contacts led to and what that cost; reports. */
	readonly results: Results;
	/** Working leads: interactions, decisions, queues, screening. */
	readonly work: Work;
	/** When leads go to sales, who gets them, and the clocks of their follow-ups. */
	readonly routing: Routing;
	/** Where people come from. */
	readonly channels: Channels;
	/** Personal invitations, what counts of them, and rewards. */
	readonly referrals: Referrals;
	/** Lists of people from elsewhere. */
	readonly imports: Imports;
	/** Leads put aside by cleaning, and how they come back. */
	readonly quarantine: Quarantine;
	readonly staff: StaffDoor;
	/** Tokens of other systems. */
	readonly tokens: Tokens;
	readonly dealers: Dealers;
	/** Claims, coupon codes and their redemption by dealers. */
	readonly offers: Offers;
	readonly quotes: Quotes;
	/** Counts, kept mails and the audit log, for screens of the console. */
	readonly report: Report;
	/** Deliveries of this folder, by outbox kind. */
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
	/** Jobs of this folder, by kind. */
	readonly jobs: Readonly<Record<string, JobHandler>>;
	/** Loads the scoring model and begins to score, within a second, leads to which something happens. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

export function createGating(given: GatingDeps): Gating {
	const { db, now } = given;
	const deps = { ...given, bursts: createBursts(now) };
	const formDeps = formDepsOf(deps);
	const forms = createForms(formDeps);
	const audience = createAudience(deps);
	const sources = () => [
		...[...deps.personalData, referrals.personalData, offersData(deps), ...audience.data, experiments.personalData, messages.personalData],
		...[...handOff.data, ...nurture.data, profiles.personalData, workData(deps), gatingData(deps)],
	];

	const seen = createSeen(deps);
	const visitors = createKnownVisitors((cookies) => identify({ ...deps, seen }, cookies), now);
	const events = createEvents(deps);
	db.onTouched(visitors.forget);
	const { profiles, heard } = createProfiles({ ...deps, events, segments: audience.parts.segments });
	const routing = createRouting(deps);
	const scoring = createScoring({ ...deps, judged: async (tx, one) => [await routing.judged(tx, one), await nurture.judged(tx, one.lead.id)] });
	const offers = createOffers(formDeps);
	const quotes = createQuotes(formDeps);
	const imports = createImports(deps);
	const referrals = createReferrals(deps);
	const people = createPeople(deps);
	const preferences = createPreferences(deps);
	const privacy = createPrivacy({ ...deps, sources, afterErase: () => offers.giveToWaiting().then(() => undefined) });
	const tokens = createTokens(deps);
	const ticker = createTicker(scoring.runDue, deps.log);
	const work = createWork({ ...deps, scoring, routing });
	const [acceptance, channels, funnel] = [createAcceptance(deps), createChannels(deps), createFunnel(deps)] as const;
	const results = createResults({ ...deps, funnel, channels, acceptance });
	const leads = createLeads({ ...deps, scoring });
	const handOff = createHandOff({ ...deps, work, leads, channels, accounts: audience.parts.accounts });
	const experiments = createExperiments(deps);
	const desk = createDesk({ ...deps, ...audience.parts, work });
	const nurture = createNurture({ ...deps, ...profiles.parts, ...audience.parts, work, messages: () => messages });
	const messages = createMessages({ ...deps, composers: () => nurture.composers });

	return Object.freeze<Gating>({
		visitors: {
			identify: async (cookies) => {
				const visitor = await (db.dialect === 'sqlite'
					? visitors.identify(cookies)
					: identify({ ...deps, seen }, cookies).then((one) => one.visitor));
				return cookies.ask === undefined && cookies.userAgent === undefined ? visitor : { ...visitor, ...browserOf(cookies) };
			},
			holds: visitors.holds,
			signOut: (cookies) => signOut(deps, cookies),
		},
		consents: createConsents(deps),
		preferences,
		messages,
		...nurture.parts,
		forms,
		people,
		access: createAccess(formDeps, heard),
		privacy,
		...profiles.parts,
		scoring,
		experiments,
		acceptance,
		leads,
		funnel,
		results,
		work,
		routing,
		...audience.parts,
		...handOff.parts,
		...desk.parts,
		channels,
		referrals,
		imports,
		quarantine: createQuarantine(deps),
		staff: createStaff(deps),
		tokens,
		dealers: createDealers(deps),
		offers,
		quotes,
		report: createReport(deps),
		handlers: {
			...offerHandlers(deps),
			...handOff.handlers,
			...nurture.handlers,
			...results.handlers,
			...referrals.handlers,
			...routing.handlers,
			[CONFIRMATION_MAIL]: confirmationMailHandler(deps),
			[OWN_LINK_MAIL]: ownLinkMailHandler(deps),
		},
		jobs: {
			...handOff.jobs,
			...nurture.jobs,
			...desk.jobs,
			...privacy.upkeep.jobs,
			...scoring.jobs,
			...acceptance.jobs,
			...results.jobs,
			...imports.jobs,
			...audience.parts.accounts.jobs,
		},
		start: async () => {
			for (const part of [scoring, acceptance, tokens, experiments, audience.parts.accounts, nurture]) await part.start();
			ticker.start();
			profiles.start();
		},
		stop: async () => {
			await ticker.stop();
			await profiles.stop();
			await audience.parts.searches.settled();
			await experiments.stop();
			await handOff.stop();
			await nurture.stop();
		},
	});
}

export type { Contact, PersonalDataSource, ResolveInput, ResolveOutcome, SetCookie, SubmissionView, VerifiedAct, VerifiedActInput };
export type { Visitor, VisitorCookies };
export type * from './public.ts';
export { type Reader, readerOf } from './lead/reader.ts';
export { codePart, helloOf, type MailContent, mailHtml, type MailLink, mailText } from './access/mail-layout.ts';
export { followedName } from './form/follow.ts';
export { FREE_MAIL_ANSWER } from './form/form.ts';
export { handoutSubject } from './access/file.ts';
export { STRANGER } from './identity/visitor.ts';
