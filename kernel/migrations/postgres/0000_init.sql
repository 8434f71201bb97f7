CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"origin" text NOT NULL,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"key" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person_id" text,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"filename" text NOT NULL,
	"detail" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" bigint NOT NULL,
	"body" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "idempotency_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"params" text NOT NULL,
	"due_at" bigint NOT NULL,
	"lease_until" bigint NOT NULL,
	"state" text NOT NULL,
	"done" bigint NOT NULL,
	"total" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"cursor" text,
	"last_error" text,
	"created_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "locks" (
	"key" text PRIMARY KEY NOT NULL,
	"taken" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"sealed" "bytea" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "old_slug" (
	"collection" text NOT NULL,
	"slug" text NOT NULL,
	"item_id" text NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "old_slug_collection_slug_pk" PRIMARY KEY("collection","slug")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"payload" text NOT NULL,
	"person_id" text,
	"due_at" bigint NOT NULL,
	"claimed_until" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"state" text NOT NULL,
	"last_error" text,
	"created_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "outbox_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "acceptance_model" (
	"version" bigint PRIMARY KEY NOT NULL,
	"trained_at" bigint NOT NULL,
	"model" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_ask" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"grant_id" text,
	"submission_id" text,
	"tries" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"name_folded" text NOT NULL,
	"name_of" text,
	"status" text NOT NULL,
	"owner" text NOT NULL,
	"industry" text NOT NULL,
	"size" text NOT NULL,
	"country" text NOT NULL,
	"website" text NOT NULL,
	"may_suggest" boolean NOT NULL,
	"parent_id" text,
	"kept_at" bigint,
	"created_at" bigint NOT NULL,
	"merged_into" text
);
--> statement-breakpoint
CREATE TABLE "account_domain" (
	"domain" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"first_account_id" text NOT NULL,
	"cause" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_member" (
	"person_id" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"first_account_id" text,
	"cause" text NOT NULL,
	"company_key" text NOT NULL,
	"job_role" text DEFAULT '' NOT NULL,
	"committee_role" text DEFAULT '' NOT NULL,
	"committee_cause" text DEFAULT 'rule' NOT NULL,
	"left_at" bigint,
	"left_cause" text DEFAULT '' NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_merge" (
	"id" text PRIMARY KEY NOT NULL,
	"from_id" text NOT NULL,
	"into_id" text NOT NULL,
	"cause" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_at" bigint,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "account_post" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"first_account_id" text NOT NULL,
	"job_role" text NOT NULL,
	"committee_role" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"rights" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"used_day" text NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "api_token_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "lead_bulk" (
	"id" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"scope" text NOT NULL,
	"by" text NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "lead_bulk_lead" (
	"bulk_id" text NOT NULL,
	"lead_id" text NOT NULL,
	"state" text NOT NULL,
	"change" text,
	CONSTRAINT "lead_bulk_lead_bulk_id_lead_id_pk" PRIMARY KEY("bulk_id","lead_id")
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint,
	CONSTRAINT "campaign_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "channel" (
	"code" text PRIMARY KEY NOT NULL,
	"parent" text NOT NULL,
	"name_en" text NOT NULL,
	"name_zh" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "channel_cost" (
	"channel" text NOT NULL,
	"campaign_id" text NOT NULL,
	"month" text NOT NULL,
	"currency" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"entered_at" bigint NOT NULL,
	CONSTRAINT "channel_cost_channel_campaign_id_month_currency_pk" PRIMARY KEY("channel","campaign_id","month","currency")
);
--> statement-breakpoint
CREATE TABLE "channel_visit" (
	"local_day" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" text NOT NULL,
	"visits" bigint NOT NULL,
	CONSTRAINT "channel_visit_local_day_channel_source_id_pk" PRIMARY KEY("local_day","channel","source_id")
);
--> statement-breakpoint
CREATE TABLE "cleaning_allow" (
	"rule" text NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"released_by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "cleaning_allow_rule_hash_pk" PRIMARY KEY("rule","hash")
);
--> statement-breakpoint
CREATE TABLE "cleaning_hit" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"origin" text NOT NULL,
	"rule" text NOT NULL,
	"field" text NOT NULL,
	"outcome" text NOT NULL,
	"at" bigint NOT NULL,
	"released_at" bigint,
	"released_by" text
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" text PRIMARY KEY NOT NULL,
	"visitor_id" text,
	"person_id" text,
	"purpose" text NOT NULL,
	"given" boolean NOT NULL,
	"text_hash" text NOT NULL,
	"how" text NOT NULL,
	"channel" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_text" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"locale" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"first_seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deal" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"external_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint,
	"currency" text NOT NULL,
	"closed_on" text,
	"changed_at" bigint NOT NULL,
	"by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "deal_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "deal_change" (
	"id" text PRIMARY KEY NOT NULL,
	"deal_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint,
	"currency" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disposition" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"lead_id" text NOT NULL,
	"interaction_id" text,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"feedback" "bytea",
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"undone_at" bigint,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"version" bigint NOT NULL,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"local_day" text NOT NULL,
	"visitor_id" text,
	"person_id" text,
	"subject" text NOT NULL,
	"props" text NOT NULL,
	"basis" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "experiment" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"definition" text NOT NULL,
	"range_from" bigint NOT NULL,
	"range_to" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"winner" text,
	"decided_over" text
);
--> statement-breakpoint
CREATE TABLE "experiment_exposure" (
	"experiment_id" text NOT NULL,
	"version" bigint NOT NULL,
	"visitor_id" text NOT NULL,
	"variant" text NOT NULL,
	"is_carried" boolean NOT NULL,
	"at" bigint NOT NULL,
	"local_day" text NOT NULL,
	CONSTRAINT "experiment_exposure_experiment_id_version_visitor_id_pk" PRIMARY KEY("experiment_id","version","visitor_id")
);
--> statement-breakpoint
CREATE TABLE "experiment_version" (
	"experiment_id" text NOT NULL,
	"version" bigint NOT NULL,
	"definition" text NOT NULL,
	"started_at" bigint NOT NULL,
	"started_by" text NOT NULL,
	CONSTRAINT "experiment_version_experiment_id_version_pk" PRIMARY KEY("experiment_id","version")
);
--> statement-breakpoint
CREATE TABLE "export_file" (
	"id" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"format" text NOT NULL,
	"columns" text NOT NULL,
	"query" "bytea",
	"data_key" text,
	"locale" text NOT NULL,
	"actor" text NOT NULL,
	"origin" text NOT NULL,
	"sees_people" boolean NOT NULL,
	"has_people" boolean NOT NULL,
	"state" text NOT NULL,
	"rows" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "file_opening" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"grant_id" text NOT NULL,
	"subject" text NOT NULL,
	"document_id" text NOT NULL,
	"locale" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "form_submission" (
	"id" text PRIMARY KEY NOT NULL,
	"form_key" text NOT NULL,
	"subject" text NOT NULL,
	"person_id" text NOT NULL,
	"visitor_id" text,
	"answers" "bytea" NOT NULL,
	"consents" text NOT NULL,
	"channel" text NOT NULL,
	"request_key" text,
	"request_hash" text NOT NULL,
	"applied_at" bigint,
	"outcome" text NOT NULL,
	"reasons" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "form_submission_request_key_unique" UNIQUE("request_key")
);
--> statement-breakpoint
CREATE TABLE "access_grant" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"confirmed_at" bigint,
	"revoked_at" bigint,
	"downloads" bigint NOT NULL,
	"code_until" bigint
);
--> statement-breakpoint
CREATE TABLE "hand_over" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"cause" text NOT NULL,
	"disposition_id" text,
	"demand" text NOT NULL,
	"rule" text NOT NULL,
	"routing_version" bigint NOT NULL,
	"owner" text,
	"at" bigint NOT NULL,
	"remind_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"escalate_at" bigint NOT NULL,
	"reassign_at" bigint,
	"step" bigint NOT NULL,
	"next_at" bigint,
	"state" text NOT NULL,
	"ended_at" bigint,
	"interaction_id" text,
	"passes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hold_out" (
	"version" bigint PRIMARY KEY NOT NULL,
	"percent" bigint NOT NULL,
	"since" bigint NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"reach" text NOT NULL,
	"state" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" text,
	"locale" text NOT NULL,
	"country" text NOT NULL,
	"contacted_at" bigint NOT NULL,
	"basis" text NOT NULL,
	"session" text,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"tag_days" bigint NOT NULL,
	"mapping" text NOT NULL,
	"data_key" text,
	"sample" "bytea",
	"size_bytes" bigint NOT NULL,
	"row_count" bigint NOT NULL,
	"done_count" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "import_part" (
	"import_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_part_import_id_seq_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
CREATE TABLE "import_row" (
	"import_id" text NOT NULL,
	"row_number" bigint NOT NULL,
	"outcome" text NOT NULL,
	"reasons" text NOT NULL,
	"presence" text,
	"match" text NOT NULL,
	"person_id" text,
	"cells" "bytea",
	"hash" text,
	CONSTRAINT "import_row_import_id_row_number_pk" PRIMARY KEY("import_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "sales_interaction" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"note" "bytea",
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"logged_at" bigint NOT NULL,
	"next_action_at" bigint
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"programme_id" text NOT NULL,
	"person_id" text NOT NULL,
	"named_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "invitation_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "invitation_review" (
	"invitation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"decision" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "invitation_review_invitation_id_person_id_pk" PRIMARY KEY("invitation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "journey" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"draft" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"since" bigint,
	"swept_at" bigint
);
--> statement-breakpoint
CREATE TABLE "journey_enrolment" (
	"id" text PRIMARY KEY NOT NULL,
	"journey_id" text NOT NULL,
	"version" bigint NOT NULL,
	"person_id" text NOT NULL,
	"occasion" text NOT NULL,
	"data" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"step" text NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint,
	"due_at" bigint NOT NULL,
	"is_watched" boolean NOT NULL,
	"place" bigint NOT NULL,
	"entered_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "journey_member" (
	"journey_id" text NOT NULL,
	"lead_id" text NOT NULL,
	CONSTRAINT "journey_member_journey_id_lead_id_pk" PRIMARY KEY("journey_id","lead_id")
);
--> statement-breakpoint
CREATE TABLE "journey_signal" (
	"id" text PRIMARY KEY NOT NULL,
	"lead_id" text,
	"person_id" text,
	"data" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journey_task" (
	"id" text PRIMARY KEY NOT NULL,
	"enrolment_id" text NOT NULL,
	"journey_id" text NOT NULL,
	"person_id" text NOT NULL,
	"words" text NOT NULL,
	"due_at" bigint NOT NULL,
	"made_at" bigint NOT NULL,
	"done_at" bigint,
	"done_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journey_trail" (
	"enrolment_id" text NOT NULL,
	"place" bigint NOT NULL,
	"person_id" text NOT NULL,
	"journey_id" text NOT NULL,
	"version" bigint NOT NULL,
	"step" text NOT NULL,
	"kind" text NOT NULL,
	"because" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "journey_trail_enrolment_id_place_pk" PRIMARY KEY("enrolment_id","place")
);
--> statement-breakpoint
CREATE TABLE "journey_version" (
	"journey_id" text NOT NULL,
	"version" bigint NOT NULL,
	"definition" text NOT NULL,
	"published_at" bigint NOT NULL,
	"published_by" text NOT NULL,
	CONSTRAINT "journey_version_journey_id_version_pk" PRIMARY KEY("journey_id","version")
);
--> statement-breakpoint
CREATE TABLE "lead" (
	"id" text PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"working_state" text NOT NULL,
	"company" text NOT NULL,
	"mail_domain" text NOT NULL,
	"fit" bigint NOT NULL,
	"engagement" bigint NOT NULL,
	"total" bigint NOT NULL,
	"grade" text NOT NULL,
	"model_version" bigint NOT NULL,
	"scored_day" text NOT NULL,
	"has_decay" boolean NOT NULL,
	"last_activity_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"merged_into" text,
	"owner" text,
	"mql_cause" text,
	"next_action_at" bigint
);
--> statement-breakpoint
CREATE TABLE "lead_score" (
	"version" bigint NOT NULL,
	"lead_id" text NOT NULL,
	"fit" bigint NOT NULL,
	"engagement" bigint NOT NULL,
	"total" bigint NOT NULL,
	"grade" text NOT NULL,
	"scored_day" text NOT NULL,
	"has_decay" boolean NOT NULL,
	"moves" boolean NOT NULL,
	CONSTRAINT "lead_score_version_lead_id_pk" PRIMARY KEY("version","lead_id")
);
--> statement-breakpoint
CREATE TABLE "lead_view" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner" text NOT NULL,
	"is_shared" boolean NOT NULL,
	"query" text NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lead_view_default" (
	"staff_id" text PRIMARY KEY NOT NULL,
	"view_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_click" (
	"message_id" text NOT NULL,
	"place" bigint NOT NULL,
	"origin" text NOT NULL,
	"person_id" text NOT NULL,
	"subject" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "mail_click_message_id_place_pk" PRIMARY KEY("message_id","place")
);
--> statement-breakpoint
CREATE TABLE "mailing" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"segment_id" text NOT NULL,
	"template" text NOT NULL,
	"trial" text NOT NULL,
	"template_b" text NOT NULL,
	"subject_b_en" text NOT NULL,
	"subject_b_zh" text NOT NULL,
	"trial_share" bigint NOT NULL,
	"trial_hours" bigint NOT NULL,
	"winner" text NOT NULL,
	"rhythm" text NOT NULL,
	"first_at" text NOT NULL,
	"is_local" boolean NOT NULL,
	"state" text NOT NULL,
	"next_at" bigint,
	"generation" bigint NOT NULL,
	"tactic_id" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_for" bigint NOT NULL,
	"approved_by" text NOT NULL,
	"approved_at" bigint,
	CONSTRAINT "mailing_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "mailing_recipient" (
	"run_id" text NOT NULL,
	"person_id" text NOT NULL,
	"mailing_id" text NOT NULL,
	"variant" text NOT NULL,
	"message_key" text NOT NULL,
	CONSTRAINT "mailing_recipient_run_id_person_id_pk" PRIMARY KEY("run_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "mailing_rule" (
	"id" text PRIMARY KEY NOT NULL,
	"approval_over" bigint NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailing_run" (
	"id" text PRIMARY KEY NOT NULL,
	"mailing_id" text NOT NULL,
	"planned_at" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"state" text NOT NULL,
	"cursor" text NOT NULL,
	"posted" bigint NOT NULL,
	"skipped" text NOT NULL,
	"winner" text NOT NULL,
	"decide_at" bigint
);
--> statement-breakpoint
CREATE TABLE "material_opening" (
	"id" text PRIMARY KEY NOT NULL,
	"share_id" text NOT NULL,
	"person_id" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "material_share" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"subject" text NOT NULL,
	"locale" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "lead_merge" (
	"id" text PRIMARY KEY NOT NULL,
	"from_lead_id" text NOT NULL,
	"into_lead_id" text NOT NULL,
	"cause" text NOT NULL,
	"before" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_at" bigint,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"person_id" text NOT NULL,
	"class" text NOT NULL,
	"channel" text NOT NULL,
	"origin" text NOT NULL,
	"composer" text NOT NULL,
	"params" text NOT NULL,
	"due_at" bigint NOT NULL,
	"planned_at" bigint NOT NULL,
	"latest_at" bigint,
	"priority" bigint NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"claimed_until" bigint,
	"taken_at" bigint,
	"reserved_at" bigint,
	"attempts" bigint NOT NULL,
	"answer" text NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "message_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "message_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"at" bigint NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"until" bigint
);
--> statement-breakpoint
CREATE TABLE "message_rate" (
	"key" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_settings" (
	"version" bigint PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "move" (
	"id" text PRIMARY KEY NOT NULL,
	"lead_id" text NOT NULL,
	"from_stage" text NOT NULL,
	"to_stage" text NOT NULL,
	"cause" text NOT NULL,
	"evidence" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_choice" (
	"staff_id" text PRIMARY KEY NOT NULL,
	"muted" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "owner_notice" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"staff_id" text NOT NULL,
	"kind" text NOT NULL,
	"lead_id" text NOT NULL,
	"person_id" text NOT NULL,
	"subject" text NOT NULL,
	"at" bigint NOT NULL,
	"seen_at" bigint,
	CONSTRAINT "owner_notice_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "pass" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	"how" text NOT NULL,
	"agent" text NOT NULL,
	"last_seen_day" text NOT NULL,
	CONSTRAINT "pass_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"lead_id" text NOT NULL,
	"first_lead_id" text NOT NULL,
	"data_key" text,
	"profile" "bytea",
	"imported" "bytea",
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"verified_at" bigint,
	"created_at" bigint NOT NULL,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "person_attribute" (
	"person_id" text NOT NULL,
	"import_id" text NOT NULL,
	"row_number" bigint NOT NULL,
	"at" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "person_attribute_person_id_import_id_row_number_pk" PRIMARY KEY("person_id","import_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "person_lookup" (
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "person_lookup_kind_hash_person_id_pk" PRIMARY KEY("kind","hash","person_id")
);
--> statement-breakpoint
CREATE TABLE "post_holder" (
	"post_id" text NOT NULL,
	"person_id" text NOT NULL,
	"cause" text NOT NULL,
	"from_at" bigint NOT NULL,
	"until_at" bigint,
	CONSTRAINT "post_holder_post_id_person_id_pk" PRIMARY KEY("post_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "referral_programme" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"subject" text NOT NULL,
	"title_en" text NOT NULL,
	"title_zh" text NOT NULL,
	"reward_en" text NOT NULL,
	"reward_zh" text NOT NULL,
	"terms_en" text NOT NULL,
	"terms_zh" text NOT NULL,
	"every" bigint NOT NULL,
	"most" bigint NOT NULL,
	"offer_id" text,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint,
	"paused_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "referral_programme_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "referral_reward" (
	"id" text PRIMARY KEY NOT NULL,
	"programme_id" text NOT NULL,
	"person_id" text NOT NULL,
	"number" bigint NOT NULL,
	"claim_id" text,
	"given_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	"changes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_schedule" (
	"id" text PRIMARY KEY NOT NULL,
	"reports" text NOT NULL,
	"recipients" text NOT NULL,
	"rhythm" text NOT NULL,
	"day" bigint NOT NULL,
	"hour" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"next_at" bigint,
	"last_sent_at" bigint,
	"stopped_at" bigint
);
--> statement-breakpoint
CREATE TABLE "retention" (
	"rule" text PRIMARY KEY NOT NULL,
	"days" bigint,
	"last_run_at" bigint,
	"last_removed" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "routing_turn" (
	"rule" text NOT NULL,
	"staff_id" text NOT NULL,
	"credit" bigint NOT NULL,
	CONSTRAINT "routing_turn_rule_staff_id_pk" PRIMARY KEY("rule","staff_id")
);
--> statement-breakpoint
CREATE TABLE "score_ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"disposition_id" text NOT NULL,
	"rule" text NOT NULL,
	"rule_version" bigint NOT NULL,
	"points" bigint NOT NULL,
	"half_life_days" bigint,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "scoring_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"base" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"state" text NOT NULL,
	"preview" text,
	"preview_revision" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scoring_model" (
	"version" bigint PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"author" text NOT NULL,
	"published_at" bigint NOT NULL,
	"is_live" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scoring_publication" (
	"version" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"base" bigint NOT NULL,
	"author_name" text NOT NULL,
	"marketing" text NOT NULL,
	"sales" text NOT NULL,
	"state" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "scoring_revision" (
	"draft_id" text NOT NULL,
	"revision" bigint NOT NULL,
	"model" text NOT NULL,
	"editor" text NOT NULL,
	"editor_name" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "scoring_revision_draft_id_revision_pk" PRIMARY KEY("draft_id","revision")
);
--> statement-breakpoint
CREATE TABLE "scoring_sign_off" (
	"draft_id" text NOT NULL,
	"revision" bigint NOT NULL,
	"side" text NOT NULL,
	"staff_id" text NOT NULL,
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "scoring_sign_off_draft_id_revision_side_pk" PRIMARY KEY("draft_id","revision","side")
);
--> statement-breakpoint
CREATE TABLE "screening_answer" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"sheet_key" text NOT NULL,
	"sheet_version" bigint NOT NULL,
	"question" text NOT NULL,
	"verdict" text NOT NULL,
	"choice" text NOT NULL,
	"words" "bytea",
	"tick" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "screening_sheet" (
	"key" text NOT NULL,
	"version" bigint NOT NULL,
	"campaign_id" text,
	"sheet" text NOT NULL,
	"author" text NOT NULL,
	"published_at" bigint NOT NULL,
	CONSTRAINT "screening_sheet_key_version_pk" PRIMARY KEY("key","version")
);
--> statement-breakpoint
CREATE TABLE "search_asker" (
	"words_id" text NOT NULL,
	"asker" text NOT NULL,
	CONSTRAINT "search_asker_words_id_asker_pk" PRIMARY KEY("words_id","asker")
);
--> statement-breakpoint
CREATE TABLE "search_day" (
	"words_id" text NOT NULL,
	"day" text NOT NULL,
	"locale" text NOT NULL,
	"asked" bigint NOT NULL,
	"unanswered" bigint NOT NULL,
	CONSTRAINT "search_day_words_id_day_pk" PRIMARY KEY("words_id","day")
);
--> statement-breakpoint
CREATE TABLE "search_task" (
	"id" text PRIMARY KEY NOT NULL,
	"words_id" text NOT NULL,
	"locale" text NOT NULL,
	"words" text NOT NULL,
	"assignee" text NOT NULL,
	"note" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"done_by" text,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"id" text PRIMARY KEY NOT NULL,
	"locale" text NOT NULL,
	"sealed" "bytea",
	"words" text,
	"days" bigint NOT NULL,
	"askers" bigint NOT NULL,
	"last_day" text NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "segment" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"conditions" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "slot_impression" (
	"visitor_id" text NOT NULL,
	"slot" text NOT NULL,
	"subject" text NOT NULL,
	"local_day" text NOT NULL,
	"position" bigint NOT NULL,
	"is_control" boolean NOT NULL,
	"count" bigint NOT NULL,
	"first_at" bigint NOT NULL,
	CONSTRAINT "slot_impression_visitor_id_slot_subject_local_day_pk" PRIMARY KEY("visitor_id","slot","subject","local_day")
);
--> statement-breakpoint
CREATE TABLE "source" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"tactic_id" text,
	"path" text NOT NULL,
	"utm_source" text NOT NULL,
	"utm_medium" text NOT NULL,
	"utm_campaign" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"archived_at" bigint,
	CONSTRAINT "source_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "staff_absence" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"from_day" text NOT NULL,
	"until_day" text NOT NULL,
	"deputy" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_member" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"seen_at" bigint NOT NULL,
	"left_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff_session" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"staff_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	"checked_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "staff_session_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "submission_arrival" (
	"submission_id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"visitor_id" text,
	"sender_id" text,
	"subject" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" text,
	"tactic_id" text,
	"detail" text NOT NULL,
	"network" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"hash" text NOT NULL,
	"person_id" text,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"at" bigint NOT NULL,
	"lifted_at" bigint,
	"lifted_by" text
);
--> statement-breakpoint
CREATE TABLE "tactic" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tag" (
	"code" text PRIMARY KEY NOT NULL,
	"tag_group" text NOT NULL,
	"name_en" text NOT NULL,
	"name_zh" text NOT NULL,
	"rule" text,
	"expiry_days" bigint NOT NULL,
	"origin" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "tag_mark" (
	"id" text PRIMARY KEY NOT NULL,
	"tag" text NOT NULL,
	"person_id" text,
	"account_id" text,
	"first_account_id" text,
	"source" text NOT NULL,
	"at" bigint NOT NULL,
	"expires_at" bigint,
	"removed_at" bigint,
	"removed_by" text
);
--> statement-breakpoint
CREATE TABLE "target_definition" (
	"version" bigint PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"author" text NOT NULL,
	"published_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "target_entry" (
	"list_id" text NOT NULL,
	"account_id" text NOT NULL,
	"cause" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "target_entry_list_id_account_id_pk" PRIMARY KEY("list_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "target_list" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rule" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "touchpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"local_day" text NOT NULL,
	"visitor_id" text,
	"person_id" text,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"source_id" text,
	"tactic_id" text,
	"subject" text NOT NULL,
	"detail" text NOT NULL,
	"import_id" text
);
--> statement-breakpoint
CREATE TABLE "utm_rule" (
	"source" text NOT NULL,
	"medium" text NOT NULL,
	"campaign" text NOT NULL,
	"channel" text NOT NULL,
	"tactic_id" text,
	"position" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "utm_rule_source_medium_campaign_pk" PRIMARY KEY("source","medium","campaign")
);
--> statement-breakpoint
CREATE TABLE "utm_unknown" (
	"source" text NOT NULL,
	"medium" text NOT NULL,
	"campaign" text NOT NULL,
	"visits" bigint NOT NULL,
	"last_day" text NOT NULL,
	CONSTRAINT "utm_unknown_source_medium_campaign_pk" PRIMARY KEY("source","medium","campaign")
);
--> statement-breakpoint
CREATE TABLE "visitor" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person_id" text,
	"joined_at" bigint,
	"created_at" bigint NOT NULL,
	"first_touch" text NOT NULL,
	CONSTRAINT "visitor_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"at" bigint NOT NULL,
	"took_ms" bigint NOT NULL,
	"status" bigint NOT NULL,
	"error" text NOT NULL,
	"answer" "bytea"
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"state" text NOT NULL,
	"attempts" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"claimed_until" bigint NOT NULL,
	"last_status" bigint NOT NULL,
	"last_error" text NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"name" text NOT NULL,
	"events" text NOT NULL,
	"level" text NOT NULL,
	"data_key" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"old_secret" "bytea",
	"old_until" bigint,
	"state" text NOT NULL,
	"failing_since" bigint,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_message" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"data" text NOT NULL,
	"person_id" text,
	"lead_id" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "work_move" (
	"id" text PRIMARY KEY NOT NULL,
	"lead_id" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"evidence" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "work_rule" (
	"kind" text NOT NULL,
	"version" bigint NOT NULL,
	"body" text NOT NULL,
	"author" text NOT NULL,
	"published_at" bigint NOT NULL,
	"restored" bigint,
	CONSTRAINT "work_rule_kind_version_pk" PRIMARY KEY("kind","version")
);
--> statement-breakpoint
CREATE TABLE "dealer_link" (
	"id" text PRIMARY KEY NOT NULL,
	"dealer_id" text NOT NULL,
	"dealer" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "offer_claim" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"coupon" text NOT NULL,
	"code_hash" text,
	"code" "bytea",
	"offer" text NOT NULL,
	"channel" text NOT NULL,
	"claimed_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "offer_claim_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "offer_redemption" (
	"id" text PRIMARY KEY NOT NULL,
	"claim_id" text NOT NULL,
	"offer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"dealer_id" text NOT NULL,
	"dealer" text NOT NULL,
	"link_id" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_at" bigint,
	"undone_by" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "quote_request" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"submission_id" text NOT NULL,
	"request_hash" text NOT NULL,
	"products" text NOT NULL,
	"words" "bytea" NOT NULL,
	"dealer_id" text,
	"dealer" text,
	"dealer_state" text NOT NULL,
	"page" text NOT NULL,
	"locale" text NOT NULL,
	"content_revision" bigint NOT NULL,
	"channel" text NOT NULL,
	"outcome" text NOT NULL,
	"at" bigint NOT NULL,
	"verified_at" bigint
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"seconds" bigint NOT NULL,
	"first_joined_at" bigint,
	"last_left_at" bigint,
	"stays" bigint NOT NULL,
	"devices" bigint NOT NULL,
	"settled_at" bigint NOT NULL,
	CONSTRAINT "attendance_occurrence_id_person_id_pk" PRIMARY KEY("occurrence_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"sealed" "bytea",
	"minutes" bigint NOT NULL,
	"issued_at" bigint NOT NULL,
	CONSTRAINT "certificate_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "check_in" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"registration_id" text NOT NULL,
	"how" text NOT NULL,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"actor" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_draw" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"rule" text NOT NULL,
	"prizes" text NOT NULL,
	"state" text NOT NULL,
	"seed" text NOT NULL,
	"commitment" text NOT NULL,
	"due_at" bigint,
	"created_at" bigint NOT NULL,
	"committed_at" bigint,
	"drawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "room_draw_entry" (
	"draw_id" text NOT NULL,
	"entry" text NOT NULL,
	"person_id" text NOT NULL,
	"prize" bigint,
	"claimed_at" bigint,
	"sealed" "bytea",
	"consent_hash" text NOT NULL,
	CONSTRAINT "room_draw_entry_draw_id_entry_pk" PRIMARY KEY("draw_id","entry")
);
--> statement-breakpoint
CREATE TABLE "webinar_follow" (
	"person_id" text NOT NULL,
	"subject" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "webinar_follow_person_id_subject_pk" PRIMARY KEY("person_id","subject")
);
--> statement-breakpoint
CREATE TABLE "webinar_follow_told" (
	"occurrence_id" text NOT NULL,
	"told_at" bigint NOT NULL,
	CONSTRAINT "webinar_follow_told_occurrence_id_pk" PRIMARY KEY("occurrence_id")
);
--> statement-breakpoint
CREATE TABLE "follow_up" (
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"registration_id" text NOT NULL,
	"class" text NOT NULL,
	"due_at" bigint NOT NULL,
	"decided_at" bigint NOT NULL,
	"sent_at" bigint,
	CONSTRAINT "follow_up_occurrence_id_person_id_pk" PRIMARY KEY("occurrence_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "interaction" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"person_id" text,
	"subject" text NOT NULL,
	"data" text NOT NULL,
	"sealed" "bytea",
	"at" bigint NOT NULL,
	"audience" text NOT NULL,
	"showing" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webinar_invitation" (
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"segment_id" text NOT NULL,
	"ordered_at" bigint NOT NULL,
	"sent_at" bigint,
	"dropped" text NOT NULL,
	CONSTRAINT "webinar_invitation_occurrence_id_person_id_pk" PRIMARY KEY("occurrence_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "late_question" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"sealed" "bytea",
	"sealed_answer" "bytea",
	"asked_at" bigint NOT NULL,
	"answered_at" bigint,
	"answered_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webinar_occurrence" (
	"id" text PRIMARY KEY NOT NULL,
	"webinar_id" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"mode" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"went_live_at" bigint,
	"finished_at" bigint,
	"closes_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	"capacity" bigint,
	"place" text NOT NULL,
	"needs_approval" boolean DEFAULT false NOT NULL,
	"sequence" bigint NOT NULL,
	"cancelled_at" bigint,
	"is_elsewhere" boolean DEFAULT false NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "poll_vote" (
	"occurrence_id" text NOT NULL,
	"poll" text NOT NULL,
	"person_id" text NOT NULL,
	"choices" text NOT NULL,
	"sealed" "bytea",
	"showing" text NOT NULL,
	"points" bigint NOT NULL,
	"took_ms" bigint NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "poll_vote_occurrence_id_poll_person_id_pk" PRIMARY KEY("occurrence_id","poll","person_id")
);
--> statement-breakpoint
CREATE TABLE "room_question" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"is_private" boolean NOT NULL,
	"votes" bigint NOT NULL,
	"speaker" text NOT NULL,
	"answer" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"answered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "room_question_vote" (
	"question_id" text NOT NULL,
	"person_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_question_vote_question_id_person_id_pk" PRIMARY KEY("question_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "recording" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"job_id" text NOT NULL,
	"file_key" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"duration_seconds" bigint,
	"problem" text NOT NULL,
	"created_at" bigint NOT NULL,
	"ready_at" bigint
);
--> statement-breakpoint
CREATE TABLE "registration" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"channel" text NOT NULL,
	"registered_at" bigint NOT NULL,
	"joined_at" bigint,
	"attended_via" text DEFAULT '' NOT NULL,
	"queued_at" bigint,
	"offered_until" bigint,
	"revision" bigint DEFAULT 0 NOT NULL,
	"import_id" text
);
--> statement-breakpoint
CREATE TABLE "replay_answer" (
	"pass_id" text NOT NULL,
	"poll" text NOT NULL,
	"option" bigint NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "replay_answer_pass_id_poll_pk" PRIMARY KEY("pass_id","poll")
);
--> statement-breakpoint
CREATE TABLE "replay_pass" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"first_played_at" bigint,
	"extended_until" bigint,
	"asked_at" bigint,
	"watched_seconds" bigint NOT NULL,
	"unique_seconds" bigint NOT NULL,
	"last_watched_at" bigint,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "replay_terms" (
	"webinar_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"hours" bigint NOT NULL,
	"until_at" bigint,
	"hls_path" text NOT NULL,
	"offset_seconds" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay_view" (
	"id" text PRIMARY KEY NOT NULL,
	"pass_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"watched_ms" bigint NOT NULL,
	"ranges" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_ban" (
	"webinar_id" text NOT NULL,
	"person_id" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_ban_webinar_id_person_id_pk" PRIMARY KEY("webinar_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "room_poll" (
	"occurrence_id" text NOT NULL,
	"key" text NOT NULL,
	"form" text NOT NULL,
	"question" text NOT NULL,
	"options" text NOT NULL,
	"correct" text NOT NULL,
	"points" bigint NOT NULL,
	"seconds" bigint NOT NULL,
	"shows" text NOT NULL,
	"state" text NOT NULL,
	"opened_at" bigint,
	"closes_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "room_poll_occurrence_id_key_pk" PRIMARY KEY("occurrence_id","key")
);
--> statement-breakpoint
CREATE TABLE "room_rules" (
	"webinar_id" text PRIMARY KEY NOT NULL,
	"holds" boolean NOT NULL,
	"words" text NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_signal" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"received_at" bigint NOT NULL,
	"taken_at" bigint
);
--> statement-breakpoint
CREATE TABLE "run_sheet" (
	"occurrence_id" text PRIMARY KEY NOT NULL,
	"target" bigint,
	"highlights" text NOT NULL,
	"lines" text NOT NULL,
	"done" text NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webinar_banner" (
	"occurrence_id" text PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL,
	"from_at" bigint NOT NULL,
	"until_at" bigint,
	"places" text NOT NULL,
	"text" text NOT NULL,
	"tags" text NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_seat" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"identity" text NOT NULL,
	"role" text NOT NULL,
	"called_at" bigint,
	"sealed_name" "bytea",
	"link_hash" text NOT NULL,
	"revoked_at" bigint,
	"banned_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stay" (
	"id" text PRIMARY KEY NOT NULL,
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"source" text NOT NULL,
	"import_id" text,
	"started_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "survey_answer" (
	"occurrence_id" text NOT NULL,
	"person_id" text NOT NULL,
	"submission_id" text NOT NULL,
	"score" bigint,
	"at" bigint NOT NULL,
	CONSTRAINT "survey_answer_occurrence_id_person_id_pk" PRIMARY KEY("occurrence_id","person_id")
);
--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "file_person" ON "file" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "file_expires" ON "file" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "file_hash" ON "file" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "mailbox_created" ON "mailbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("person_id","settled_at");--> statement-breakpoint
CREATE INDEX "access_ask_hash" ON "access_ask" USING btree ("hash","created_at");--> statement-breakpoint
CREATE INDEX "access_ask_grant" ON "access_ask" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "account_key" ON "account" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "account_folded" ON "account" USING btree ("may_suggest","name_folded");--> statement-breakpoint
CREATE INDEX "account_merged" ON "account" USING btree ("merged_into");--> statement-breakpoint
CREATE INDEX "account_parent" ON "account" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "account_domain_account" ON "account_domain" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_domain_first" ON "account_domain" USING btree ("first_account_id");--> statement-breakpoint
CREATE INDEX "account_member_account" ON "account_member" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_member_first" ON "account_member" USING btree ("first_account_id");--> statement-breakpoint
CREATE INDEX "account_member_key" ON "account_member" USING btree ("company_key");--> statement-breakpoint
CREATE INDEX "account_merge_into" ON "account_merge" USING btree ("into_id");--> statement-breakpoint
CREATE INDEX "account_merge_from" ON "account_merge" USING btree ("from_id");--> statement-breakpoint
CREATE INDEX "account_post_account" ON "account_post" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_post_first" ON "account_post" USING btree ("first_account_id");--> statement-breakpoint
CREATE INDEX "lead_bulk_lead_state" ON "lead_bulk_lead" USING btree ("bulk_id","state","lead_id");--> statement-breakpoint
CREATE INDEX "cleaning_allow_person" ON "cleaning_allow" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "cleaning_hit_person" ON "cleaning_hit" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "cleaning_hit_origin" ON "cleaning_hit" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "consent_person" ON "consent" USING btree ("person_id","purpose","at");--> statement-breakpoint
CREATE INDEX "consent_visitor" ON "consent" USING btree ("visitor_id","purpose","at");--> statement-breakpoint
CREATE INDEX "deal_person" ON "deal" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "deal_closed" ON "deal" USING btree ("state","closed_on");--> statement-breakpoint
CREATE INDEX "deal_change_person" ON "deal_change" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "disposition_person" ON "disposition" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "disposition_lead" ON "disposition" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "event_person" ON "event" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "event_visitor" ON "event" USING btree ("visitor_id","at");--> statement-breakpoint
CREATE INDEX "event_type" ON "event" USING btree ("type","local_day","person_id","subject","at");--> statement-breakpoint
CREATE INDEX "experiment_exposure_visitor" ON "experiment_exposure" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "export_file_actor" ON "export_file" USING btree ("actor","created_at");--> statement-breakpoint
CREATE INDEX "file_opening_person" ON "file_opening" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "form_submission_person" ON "form_submission" USING btree ("person_id","subject","at");--> statement-breakpoint
CREATE INDEX "grant_person" ON "access_grant" USING btree ("person_id","subject");--> statement-breakpoint
CREATE INDEX "hand_over_next" ON "hand_over" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "hand_over_owner" ON "hand_over" USING btree ("state","owner");--> statement-breakpoint
CREATE INDEX "hand_over_person" ON "hand_over" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "hand_over_disposition" ON "hand_over" USING btree ("disposition_id");--> statement-breakpoint
CREATE INDEX "hand_over_at" ON "hand_over" USING btree ("at");--> statement-breakpoint
CREATE INDEX "import_row_outcome" ON "import_row" USING btree ("import_id","outcome","row_number");--> statement-breakpoint
CREATE INDEX "import_row_person" ON "import_row" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "import_row_hash" ON "import_row" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "sales_interaction_person" ON "sales_interaction" USING btree ("person_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_person" ON "invitation" USING btree ("programme_id","person_id");--> statement-breakpoint
CREATE INDEX "invitation_of_person" ON "invitation" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "journey_enrolment_once" ON "journey_enrolment" USING btree ("journey_id","person_id","occasion");--> statement-breakpoint
CREATE INDEX "journey_enrolment_due" ON "journey_enrolment" USING btree ("state","due_at","id");--> statement-breakpoint
CREATE INDEX "journey_enrolment_person" ON "journey_enrolment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "journey_enrolment_counts" ON "journey_enrolment" USING btree ("journey_id","state","reason","version","step");--> statement-breakpoint
CREATE INDEX "journey_member_lead" ON "journey_member" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "journey_task_person" ON "journey_task" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "journey_task_open" ON "journey_task" USING btree ("done_at","due_at");--> statement-breakpoint
CREATE INDEX "journey_trail_person" ON "journey_trail" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "lead_state" ON "lead" USING btree ("working_state","total","id");--> statement-breakpoint
CREATE INDEX "lead_standing" ON "lead" USING btree ("working_state","stage","owner","merged_into");--> statement-breakpoint
CREATE INDEX "lead_merged" ON "lead" USING btree ("merged_into");--> statement-breakpoint
CREATE INDEX "lead_next" ON "lead" USING btree ("next_action_at","id");--> statement-breakpoint
CREATE INDEX "lead_dated" ON "lead" USING btree ("working_state","next_action_at","id");--> statement-breakpoint
CREATE INDEX "lead_created" ON "lead" USING btree ("created_at","merged_into");--> statement-breakpoint
CREATE INDEX "lead_company" ON "lead" USING btree ("company","id","merged_into");--> statement-breakpoint
CREATE INDEX "lead_owner" ON "lead" USING btree ("owner","working_state");--> statement-breakpoint
CREATE INDEX "lead_total" ON "lead" USING btree ("total","id","merged_into");--> statement-breakpoint
CREATE INDEX "lead_activity" ON "lead" USING btree ("last_activity_at","id","merged_into");--> statement-breakpoint
CREATE INDEX "lead_day" ON "lead" USING btree ("scored_day","has_decay");--> statement-breakpoint
CREATE INDEX "lead_view_owner" ON "lead_view" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "mail_click_origin" ON "mail_click" USING btree ("origin","person_id");--> statement-breakpoint
CREATE INDEX "mail_click_person" ON "mail_click" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mailing_next" ON "mailing" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "mailing_recipient_person" ON "mailing_recipient" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mailing_recipient_mailing" ON "mailing_recipient" USING btree ("mailing_id","variant");--> statement-breakpoint
CREATE INDEX "mailing_recipient_key" ON "mailing_recipient" USING btree ("message_key");--> statement-breakpoint
CREATE INDEX "mailing_run_mailing" ON "mailing_run" USING btree ("mailing_id","started_at");--> statement-breakpoint
CREATE INDEX "material_opening_share" ON "material_opening" USING btree ("share_id","at");--> statement-breakpoint
CREATE INDEX "material_opening_person" ON "material_opening" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "material_share_person" ON "material_share" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "merge_into" ON "lead_merge" USING btree ("into_lead_id");--> statement-breakpoint
CREATE INDEX "merge_from" ON "lead_merge" USING btree ("from_lead_id");--> statement-breakpoint
CREATE INDEX "message_due" ON "message" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "message_person" ON "message" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "message_taken" ON "message" USING btree ("person_id","taken_at");--> statement-breakpoint
CREATE INDEX "message_origin" ON "message" USING btree ("origin","state");--> statement-breakpoint
CREATE INDEX "message_list" ON "message" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "message_composer" ON "message" USING btree ("composer","state");--> statement-breakpoint
CREATE INDEX "message_reason" ON "message" USING btree ("state","reason");--> statement-breakpoint
CREATE INDEX "message_decision_message" ON "message_decision" USING btree ("message_id","at");--> statement-breakpoint
CREATE INDEX "move_lead" ON "move" USING btree ("lead_id","at","from_stage","to_stage");--> statement-breakpoint
CREATE INDEX "owner_notice_staff" ON "owner_notice" USING btree ("staff_id","seen_at","at");--> statement-breakpoint
CREATE INDEX "pass_person" ON "pass" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_lead" ON "person" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "person_first_lead" ON "person" USING btree ("first_lead_id");--> statement-breakpoint
CREATE INDEX "person_attribute_import" ON "person_attribute" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "person_lookup_person" ON "person_lookup" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "post_holder_person" ON "post_holder" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "referral_programme_subject" ON "referral_programme" USING btree ("subject","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "referral_reward_number" ON "referral_reward" USING btree ("programme_id","person_id","number");--> statement-breakpoint
CREATE INDEX "score_ledger_person" ON "score_ledger" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "score_ledger_disposition" ON "score_ledger" USING btree ("disposition_id");--> statement-breakpoint
CREATE INDEX "scoring_draft_state" ON "scoring_draft" USING btree ("state");--> statement-breakpoint
CREATE INDEX "scoring_publication_state" ON "scoring_publication" USING btree ("state");--> statement-breakpoint
CREATE INDEX "screening_answer_person" ON "screening_answer" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "search_day_day" ON "search_day" USING btree ("day");--> statement-breakpoint
CREATE INDEX "search_task_done" ON "search_task" USING btree ("done_at","created_at");--> statement-breakpoint
CREATE INDEX "search_words_last" ON "search_words" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "slot_impression_day" ON "slot_impression" USING btree ("local_day","slot");--> statement-breakpoint
CREATE INDEX "source_channel" ON "source" USING btree ("channel");--> statement-breakpoint
CREATE INDEX "source_tactic" ON "source" USING btree ("tactic_id");--> statement-breakpoint
CREATE INDEX "staff_absence_until" ON "staff_absence" USING btree ("until_day");--> statement-breakpoint
CREATE INDEX "submission_arrival_person" ON "submission_arrival" USING btree ("person_id","subject","at");--> statement-breakpoint
CREATE INDEX "submission_arrival_source" ON "submission_arrival" USING btree ("source_id","at");--> statement-breakpoint
CREATE INDEX "suppression_hash" ON "suppression" USING btree ("hash","lifted_at");--> statement-breakpoint
CREATE INDEX "suppression_person" ON "suppression" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "suppression_at" ON "suppression" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tactic_name" ON "tactic" USING btree ("campaign_id","name");--> statement-breakpoint
CREATE INDEX "tag_mark_tag" ON "tag_mark" USING btree ("tag","removed_at");--> statement-breakpoint
CREATE INDEX "tag_mark_person" ON "tag_mark" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "tag_mark_account" ON "tag_mark" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "tag_mark_source" ON "tag_mark" USING btree ("source");--> statement-breakpoint
CREATE INDEX "target_entry_account" ON "target_entry" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "touchpoint_person" ON "touchpoint" USING btree ("person_id","at","channel","tactic_id","subject");--> statement-breakpoint
CREATE INDEX "touchpoint_visitor" ON "touchpoint" USING btree ("visitor_id","at");--> statement-breakpoint
CREATE INDEX "touchpoint_day" ON "touchpoint" USING btree ("local_day","channel");--> statement-breakpoint
CREATE INDEX "touchpoint_import" ON "touchpoint" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "touchpoint_source" ON "touchpoint" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "visitor_person" ON "visitor" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "visitor_joined" ON "visitor" USING btree ("joined_at");--> statement-breakpoint
CREATE INDEX "webhook_attempt_delivery" ON "webhook_attempt" USING btree ("delivery_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_delivery_once" ON "webhook_delivery" USING btree ("message_id","endpoint_id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("endpoint_id","state","due_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_list" ON "webhook_delivery" USING btree ("endpoint_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_message_person" ON "webhook_message" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "webhook_message_at" ON "webhook_message" USING btree ("at");--> statement-breakpoint
CREATE INDEX "work_move_lead" ON "work_move" USING btree ("lead_id","at","from_state","to_state");--> statement-breakpoint
CREATE INDEX "dealer_link_dealer" ON "dealer_link" USING btree ("dealer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "offer_claim_person" ON "offer_claim" USING btree ("offer_id","person_id");--> statement-breakpoint
CREATE INDEX "offer_claim_coupon" ON "offer_claim" USING btree ("offer_id","state","coupon");--> statement-breakpoint
CREATE INDEX "offer_claim_of_person" ON "offer_claim" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "offer_redemption_claim" ON "offer_redemption" USING btree ("claim_id");--> statement-breakpoint
CREATE INDEX "offer_redemption_at" ON "offer_redemption" USING btree ("at");--> statement-breakpoint
CREATE INDEX "quote_request_at" ON "quote_request" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "quote_request_person" ON "quote_request" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "quote_request_hash" ON "quote_request" USING btree ("request_hash","at");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_once" ON "certificate" USING btree ("occurrence_id","person_id");--> statement-breakpoint
CREATE INDEX "certificate_person" ON "certificate" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "check_in_once" ON "check_in" USING btree ("occurrence_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "room_draw_key" ON "room_draw" USING btree ("occurrence_id","key");--> statement-breakpoint
CREATE INDEX "room_draw_entry_person" ON "room_draw_entry" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "webinar_follow_subject" ON "webinar_follow" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "follow_up_person" ON "follow_up" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "interaction_seq" ON "interaction" USING btree ("occurrence_id","seq");--> statement-breakpoint
CREATE INDEX "interaction_subject" ON "interaction" USING btree ("occurrence_id","kind","subject");--> statement-breakpoint
CREATE INDEX "late_question_occurrence" ON "late_question" USING btree ("occurrence_id","asked_at");--> statement-breakpoint
CREATE INDEX "late_question_person" ON "late_question" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "occurrence_start" ON "webinar_occurrence" USING btree ("webinar_id","starts_at");--> statement-breakpoint
CREATE INDEX "occurrence_closes" ON "webinar_occurrence" USING btree ("closes_at");--> statement-breakpoint
CREATE INDEX "room_question_occurrence" ON "room_question" USING btree ("occurrence_id");--> statement-breakpoint
CREATE INDEX "room_question_person" ON "room_question" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "room_question_vote_person" ON "room_question_vote" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recording_occurrence" ON "recording" USING btree ("occurrence_id");--> statement-breakpoint
CREATE INDEX "recording_job" ON "recording" USING btree ("job_id");--> statement-breakpoint
CREATE UNIQUE INDEX "registration_once" ON "registration" USING btree ("occurrence_id","person_id");--> statement-breakpoint
CREATE INDEX "registration_person" ON "registration" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "registration_state" ON "registration" USING btree ("occurrence_id","state","queued_at");--> statement-breakpoint
CREATE INDEX "registration_offer" ON "registration" USING btree ("offered_until");--> statement-breakpoint
CREATE INDEX "registration_import" ON "registration" USING btree ("import_id");--> statement-breakpoint
CREATE UNIQUE INDEX "replay_pass_once" ON "replay_pass" USING btree ("occurrence_id","person_id");--> statement-breakpoint
CREATE INDEX "replay_pass_person" ON "replay_pass" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "replay_view_pass" ON "replay_view" USING btree ("pass_id");--> statement-breakpoint
CREATE INDEX "room_ban_person" ON "room_ban" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "room_signal_taken" ON "room_signal" USING btree ("taken_at");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_seat_identity" ON "stage_seat" USING btree ("occurrence_id","identity");--> statement-breakpoint
CREATE INDEX "stage_seat_holder" ON "stage_seat" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "stay_occurrence" ON "stay" USING btree ("occurrence_id","person_id");--> statement-breakpoint
CREATE INDEX "survey_answer_person" ON "survey_answer" USING btree ("person_id");