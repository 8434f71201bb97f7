import { acceptance } from './en/acceptance.ts';
import { access } from './en/access.ts';
import { aftermath } from './en/aftermath.ts';
import { attribution } from './en/attribution.ts';
import { reports } from './en/reports.ts';
import { brief } from './en/brief.ts';
import { brochure } from './en/brochure.ts';
import { catalogue } from './en/catalogue.ts';
import { channel } from './en/channel.ts';
import { cleaning } from './en/cleaning.ts';
import { committee } from './en/committee.ts';
import { console } from './en/console.ts';
import { content } from './en/content.ts';
import { deal } from './en/deal.ts';
import { delivery } from './en/delivery.ts';
import { dealer } from './en/dealer.ts';
import { desk } from './en/desk.ts';
import { draw } from './en/draw.ts';
import { entry } from './en/entry.ts';
import { error } from './en/error.ts';
import { export_ } from './en/export.ts';
import { experiment } from './en/experiment.ts';
import { form } from './en/form.ts';
import { funnel } from './en/funnel.ts';
import { interaction } from './en/interaction.ts';
import { history } from './en/history.ts';
import { hostReport } from './en/host-report.ts';
import { journey } from './en/journey.ts';
import { lifecycle } from './en/lifecycle.ts';
import { mail } from './en/mail.ts';
import { mailing } from './en/mailing.ts';
import { material } from './en/material.ts';
import { model } from './en/model.ts';
import { occurrence } from './en/occurrence.ts';
import { offer } from './en/offer.ts';
import { personal } from './en/personal.ts';
import { onSite } from './en/on-site.ts';
import { people } from './en/people.ts';
import { preview } from './en/preview.ts';
import { privacy } from './en/privacy.ts';
import { promotion } from './en/promotion.ts';
import { quote } from './en/quote.ts';
import { reading } from './en/reading.ts';
import { referral } from './en/referral.ts';
import { replay } from './en/replay.ts';
import { routing } from './en/routing.ts';
import { scoring } from './en/scoring.ts';
import { search } from './en/search.ts';
import { searchLog } from './en/search-log.ts';
import { share } from './en/share.ts';
import { stage } from './en/stage.ts';
import { studio } from './en/studio.ts';
import { site } from './en/site.ts';
import { timeline } from './en/timeline.ts';
import { token } from './en/token.ts';
import { webhook } from './en/webhook.ts';
import { webinar } from './en/webinar.ts';

/** Every word of Foyer in English, by area. */
export const en = {
	acceptance,
	access,
	aftermath,
	attribution,
	reports,
	brief,
	brochure,
	catalogue,
	channel,
	cleaning,
	committee,
	console,
	content,
	deal,
	delivery,
	dealer,
	desk,
	draw,
	entry,
	error,
	export: export_,
	experiment,
	form,
	funnel,
	interaction,
	history,
	hostReport,
	journey,
	lifecycle,
	mail,
	mailing,
	material,
	model,
	occurrence,
	offer,
	personal,
	onSite,
	people,
	timeline,
	preview,
	privacy,
	promotion,
	quote,
	reading,
	referral,
	replay,
	routing,
	scoring,
	search,
	searchLog,
	share,
	stage,
	studio,
	site,
	token,
	webhook,
	webinar,
};
