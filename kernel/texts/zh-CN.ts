import type { Texts } from './texts.ts';
import { acceptance } from './zh-CN/acceptance.ts';
import { access } from './zh-CN/access.ts';
import { aftermath } from './zh-CN/aftermath.ts';
import { attribution } from './zh-CN/attribution.ts';
import { reports } from './zh-CN/reports.ts';
import { brief } from './zh-CN/brief.ts';
import { brochure } from './zh-CN/brochure.ts';
import { catalogue } from './zh-CN/catalogue.ts';
import { channel } from './zh-CN/channel.ts';
import { cleaning } from './zh-CN/cleaning.ts';
import { committee } from './zh-CN/committee.ts';
import { console } from './zh-CN/console.ts';
import { content } from './zh-CN/content.ts';
import { deal } from './zh-CN/deal.ts';
import { delivery } from './zh-CN/delivery.ts';
import { dealer } from './zh-CN/dealer.ts';
import { desk } from './zh-CN/desk.ts';
import { draw } from './zh-CN/draw.ts';
import { entry } from './zh-CN/entry.ts';
import { error } from './zh-CN/error.ts';
import { export_ } from './zh-CN/export.ts';
import { experiment } from './zh-CN/experiment.ts';
import { form } from './zh-CN/form.ts';
import { funnel } from './zh-CN/funnel.ts';
import { interaction } from './zh-CN/interaction.ts';
import { history } from './zh-CN/history.ts';
import { hostReport } from './zh-CN/host-report.ts';
import { journey } from './zh-CN/journey.ts';
import { lifecycle } from './zh-CN/lifecycle.ts';
import { mail } from './zh-CN/mail.ts';
import { mailing } from './zh-CN/mailing.ts';
import { material } from './zh-CN/material.ts';
import { model } from './zh-CN/model.ts';
import { occurrence } from './zh-CN/occurrence.ts';
import { offer } from './zh-CN/offer.ts';
import { personal } from './zh-CN/personal.ts';
import { onSite } from './zh-CN/on-site.ts';
import { people } from './zh-CN/people.ts';
import { preview } from './zh-CN/preview.ts';
import { privacy } from './zh-CN/privacy.ts';
import { promotion } from './zh-CN/promotion.ts';
import { quote } from './zh-CN/quote.ts';
import { reading } from './zh-CN/reading.ts';
import { referral } from './zh-CN/referral.ts';
import { replay } from './zh-CN/replay.ts';
import { routing } from './zh-CN/routing.ts';
import { scoring } from './zh-CN/scoring.ts';
import { search } from './zh-CN/search.ts';
import { searchLog } from './zh-CN/search-log.ts';
import { share } from './zh-CN/share.ts';
import { stage } from './zh-CN/stage.ts';
import { studio } from './zh-CN/studio.ts';
import { site } from './zh-CN/site.ts';
import { timeline } from './zh-CN/timeline.ts';
import { token } from './zh-CN/token.ts';
import { webhook } from './zh-CN/webhook.ts';
import { webinar } from './zh-CN/webinar.ts';

/** Every word of Foyer in Simplified Chinese, with the shape of the English ones. */
export const zhCN: Texts = {
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
