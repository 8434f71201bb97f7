CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`origin` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `counter` (
	`key` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `file` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`person_id` text,
	`media_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`filename` text NOT NULL,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `file_person` ON `file` (`person_id`);--> statement-breakpoint
CREATE INDEX `file_expires` ON `file` (`expires_at`);--> statement-breakpoint
CREATE INDEX `file_hash` ON `file` (`hash`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE TABLE `job` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`params` text NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer NOT NULL,
	`state` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`attempts` integer NOT NULL,
	`cursor` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `job_due` ON `job` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `locks` (
	`key` text PRIMARY KEY NOT NULL,
	`taken` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mailbox` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`sealed` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mailbox_created` ON `mailbox` (`created_at`);--> statement-breakpoint
CREATE TABLE `old_slug` (
	`collection` text NOT NULL,
	`slug` text NOT NULL,
	`item_id` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`collection`, `slug`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`payload` text NOT NULL,
	`person_id` text,
	`due_at` integer NOT NULL,
	`claimed_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`state` text NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_person` ON `outbox` (`person_id`,`settled_at`);--> statement-breakpoint
CREATE TABLE `acceptance_model` (
	`version` integer PRIMARY KEY NOT NULL,
	`trained_at` integer NOT NULL,
	`model` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `access_ask` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`grant_id` text,
	`submission_id` text,
	`tries` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `access_ask_hash` ON `access_ask` (`hash`,`created_at`);--> statement-breakpoint
CREATE INDEX `access_ask_grant` ON `access_ask` (`grant_id`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`name_folded` text NOT NULL,
	`name_of` text,
	`status` text NOT NULL,
	`owner` text NOT NULL,
	`industry` text NOT NULL,
	`size` text NOT NULL,
	`country` text NOT NULL,
	`website` text NOT NULL,
	`may_suggest` integer NOT NULL,
	`parent_id` text,
	`kept_at` integer,
	`created_at` integer NOT NULL,
	`merged_into` text
);
--> statement-breakpoint
CREATE INDEX `account_key` ON `account` (`name_key`);--> statement-breakpoint
CREATE INDEX `account_folded` ON `account` (`may_suggest`,`name_folded`);--> statement-breakpoint
CREATE INDEX `account_merged` ON `account` (`merged_into`);--> statement-breakpoint
CREATE INDEX `account_parent` ON `account` (`parent_id`);--> statement-breakpoint
CREATE TABLE `account_domain` (
	`domain` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`first_account_id` text NOT NULL,
	`cause` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_domain_account` ON `account_domain` (`account_id`);--> statement-breakpoint
CREATE INDEX `account_domain_first` ON `account_domain` (`first_account_id`);--> statement-breakpoint
CREATE TABLE `account_member` (
	`person_id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`first_account_id` text,
	`cause` text NOT NULL,
	`company_key` text NOT NULL,
	`job_role` text DEFAULT '' NOT NULL,
	`committee_role` text DEFAULT '' NOT NULL,
	`committee_cause` text DEFAULT 'rule' NOT NULL,
	`left_at` integer,
	`left_cause` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_member_account` ON `account_member` (`account_id`);--> statement-breakpoint
CREATE INDEX `account_member_first` ON `account_member` (`first_account_id`);--> statement-breakpoint
CREATE INDEX `account_member_key` ON `account_member` (`company_key`);--> statement-breakpoint
CREATE TABLE `account_merge` (
	`id` text PRIMARY KEY NOT NULL,
	`from_id` text NOT NULL,
	`into_id` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE INDEX `account_merge_into` ON `account_merge` (`into_id`);--> statement-breakpoint
CREATE INDEX `account_merge_from` ON `account_merge` (`from_id`);--> statement-breakpoint
CREATE TABLE `account_post` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`first_account_id` text NOT NULL,
	`job_role` text NOT NULL,
	`committee_role` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_post_account` ON `account_post` (`account_id`);--> statement-breakpoint
CREATE INDEX `account_post_first` ON `account_post` (`first_account_id`);--> statement-breakpoint
CREATE TABLE `api_token` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`rights` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`used_day` text NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_hash_unique` ON `api_token` (`hash`);--> statement-breakpoint
CREATE TABLE `lead_bulk` (
	`id` text PRIMARY KEY NOT NULL,
	`act` text NOT NULL,
	`scope` text NOT NULL,
	`by` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE TABLE `lead_bulk_lead` (
	`bulk_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`state` text NOT NULL,
	`change` text,
	PRIMARY KEY(`bulk_id`, `lead_id`)
);
--> statement-breakpoint
CREATE INDEX `lead_bulk_lead_state` ON `lead_bulk_lead` (`bulk_id`,`state`,`lead_id`);--> statement-breakpoint
CREATE TABLE `campaign` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_name_unique` ON `campaign` (`name`);--> statement-breakpoint
CREATE TABLE `channel` (
	`code` text PRIMARY KEY NOT NULL,
	`parent` text NOT NULL,
	`name_en` text NOT NULL,
	`name_zh` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `channel_cost` (
	`channel` text NOT NULL,
	`campaign_id` text NOT NULL,
	`month` text NOT NULL,
	`currency` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`entered_at` integer NOT NULL,
	PRIMARY KEY(`channel`, `campaign_id`, `month`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `channel_visit` (
	`local_day` text NOT NULL,
	`channel` text NOT NULL,
	`source_id` text NOT NULL,
	`visits` integer NOT NULL,
	PRIMARY KEY(`local_day`, `channel`, `source_id`)
);
--> statement-breakpoint
CREATE TABLE `cleaning_allow` (
	`rule` text NOT NULL,
	`hash` text NOT NULL,
	`person_id` text NOT NULL,
	`released_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`rule`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `cleaning_allow_person` ON `cleaning_allow` (`person_id`);--> statement-breakpoint
CREATE TABLE `cleaning_hit` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`origin` text NOT NULL,
	`rule` text NOT NULL,
	`field` text NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`released_at` integer,
	`released_by` text
);
--> statement-breakpoint
CREATE INDEX `cleaning_hit_person` ON `cleaning_hit` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `cleaning_hit_origin` ON `cleaning_hit` (`origin`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`visitor_id` text,
	`person_id` text,
	`purpose` text NOT NULL,
	`given` integer NOT NULL,
	`text_hash` text NOT NULL,
	`how` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `consent_person` ON `consent` (`person_id`,`purpose`,`at`);--> statement-breakpoint
CREATE INDEX `consent_visitor` ON `consent` (`visitor_id`,`purpose`,`at`);--> statement-breakpoint
CREATE TABLE `consent_text` (
	`hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`locale` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`first_seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deal` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`external_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`amount` integer,
	`currency` text NOT NULL,
	`closed_on` text,
	`changed_at` integer NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deal_external_id_unique` ON `deal` (`external_id`);--> statement-breakpoint
CREATE INDEX `deal_person` ON `deal` (`person_id`);--> statement-breakpoint
CREATE INDEX `deal_closed` ON `deal` (`state`,`closed_on`);--> statement-breakpoint
CREATE TABLE `deal_change` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`amount` integer,
	`currency` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deal_change_person` ON `deal_change` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `disposition` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`interaction_id` text,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`feedback` blob,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undone_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE INDEX `disposition_person` ON `disposition` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `disposition_lead` ON `disposition` (`lead_id`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`local_day` text NOT NULL,
	`visitor_id` text,
	`person_id` text,
	`subject` text NOT NULL,
	`props` text NOT NULL,
	`basis` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `event_person` ON `event` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `event_visitor` ON `event` (`visitor_id`,`at`);--> statement-breakpoint
CREATE INDEX `event_type` ON `event` (`type`,`local_day`,`person_id`,`subject`,`at`);--> statement-breakpoint
CREATE TABLE `experiment` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`definition` text NOT NULL,
	`range_from` integer NOT NULL,
	`range_to` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`winner` text,
	`decided_over` text
);
--> statement-breakpoint
CREATE TABLE `experiment_exposure` (
	`experiment_id` text NOT NULL,
	`version` integer NOT NULL,
	`visitor_id` text NOT NULL,
	`variant` text NOT NULL,
	`is_carried` integer NOT NULL,
	`at` integer NOT NULL,
	`local_day` text NOT NULL,
	PRIMARY KEY(`experiment_id`, `version`, `visitor_id`)
);
--> statement-breakpoint
CREATE INDEX `experiment_exposure_visitor` ON `experiment_exposure` (`visitor_id`);--> statement-breakpoint
CREATE TABLE `experiment_version` (
	`experiment_id` text NOT NULL,
	`version` integer NOT NULL,
	`definition` text NOT NULL,
	`started_at` integer NOT NULL,
	`started_by` text NOT NULL,
	PRIMARY KEY(`experiment_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `export_file` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`format` text NOT NULL,
	`columns` text NOT NULL,
	`query` blob,
	`data_key` text,
	`locale` text NOT NULL,
	`actor` text NOT NULL,
	`origin` text NOT NULL,
	`sees_people` integer NOT NULL,
	`has_people` integer NOT NULL,
	`state` text NOT NULL,
	`rows` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `export_file_actor` ON `export_file` (`actor`,`created_at`);--> statement-breakpoint
CREATE TABLE `file_opening` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`grant_id` text NOT NULL,
	`subject` text NOT NULL,
	`document_id` text NOT NULL,
	`locale` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `file_opening_person` ON `file_opening` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `form_submission` (
	`id` text PRIMARY KEY NOT NULL,
	`form_key` text NOT NULL,
	`subject` text NOT NULL,
	`person_id` text NOT NULL,
	`visitor_id` text,
	`answers` blob NOT NULL,
	`consents` text NOT NULL,
	`channel` text NOT NULL,
	`request_key` text,
	`request_hash` text NOT NULL,
	`applied_at` integer,
	`outcome` text NOT NULL,
	`reasons` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `form_submission_request_key_unique` ON `form_submission` (`request_key`);--> statement-breakpoint
CREATE INDEX `form_submission_person` ON `form_submission` (`person_id`,`subject`,`at`);--> statement-breakpoint
CREATE TABLE `access_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`confirmed_at` integer,
	`revoked_at` integer,
	`downloads` integer NOT NULL,
	`code_until` integer
);
--> statement-breakpoint
CREATE INDEX `grant_person` ON `access_grant` (`person_id`,`subject`);--> statement-breakpoint
CREATE TABLE `hand_over` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`cause` text NOT NULL,
	`disposition_id` text,
	`demand` text NOT NULL,
	`rule` text NOT NULL,
	`routing_version` integer NOT NULL,
	`owner` text,
	`at` integer NOT NULL,
	`remind_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`escalate_at` integer NOT NULL,
	`reassign_at` integer,
	`step` integer NOT NULL,
	`next_at` integer,
	`state` text NOT NULL,
	`ended_at` integer,
	`interaction_id` text,
	`passes` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `hand_over_next` ON `hand_over` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `hand_over_owner` ON `hand_over` (`state`,`owner`);--> statement-breakpoint
CREATE INDEX `hand_over_person` ON `hand_over` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `hand_over_disposition` ON `hand_over` (`disposition_id`);--> statement-breakpoint
CREATE INDEX `hand_over_at` ON `hand_over` (`at`);--> statement-breakpoint
CREATE TABLE `hold_out` (
	`version` integer PRIMARY KEY NOT NULL,
	`percent` integer NOT NULL,
	`since` integer NOT NULL,
	`changed_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`reach` text NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`source_id` text,
	`locale` text NOT NULL,
	`country` text NOT NULL,
	`contacted_at` integer NOT NULL,
	`basis` text NOT NULL,
	`session` text,
	`encoding` text NOT NULL,
	`delimiter` text NOT NULL,
	`tag_days` integer NOT NULL,
	`mapping` text NOT NULL,
	`data_key` text,
	`sample` blob,
	`size_bytes` integer NOT NULL,
	`row_count` integer NOT NULL,
	`done_count` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE TABLE `import_part` (
	`import_id` text NOT NULL,
	`seq` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`import_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `import_row` (
	`import_id` text NOT NULL,
	`row_number` integer NOT NULL,
	`outcome` text NOT NULL,
	`reasons` text NOT NULL,
	`presence` text,
	`match` text NOT NULL,
	`person_id` text,
	`cells` blob,
	`hash` text,
	PRIMARY KEY(`import_id`, `row_number`)
);
--> statement-breakpoint
CREATE INDEX `import_row_outcome` ON `import_row` (`import_id`,`outcome`,`row_number`);--> statement-breakpoint
CREATE INDEX `import_row_person` ON `import_row` (`person_id`);--> statement-breakpoint
CREATE INDEX `import_row_hash` ON `import_row` (`hash`);--> statement-breakpoint
CREATE TABLE `sales_interaction` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`note` blob,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`logged_at` integer NOT NULL,
	`next_action_at` integer
);
--> statement-breakpoint
CREATE INDEX `sales_interaction_person` ON `sales_interaction` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`programme_id` text NOT NULL,
	`person_id` text NOT NULL,
	`named_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_code_unique` ON `invitation` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_person` ON `invitation` (`programme_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `invitation_of_person` ON `invitation` (`person_id`);--> statement-breakpoint
CREATE TABLE `invitation_review` (
	`invitation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`decision` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`invitation_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `journey` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`draft` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`since` integer,
	`swept_at` integer
);
--> statement-breakpoint
CREATE TABLE `journey_enrolment` (
	`id` text PRIMARY KEY NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`person_id` text NOT NULL,
	`occasion` text NOT NULL,
	`data` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`step` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`due_at` integer NOT NULL,
	`is_watched` integer NOT NULL,
	`place` integer NOT NULL,
	`entered_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journey_enrolment_once` ON `journey_enrolment` (`journey_id`,`person_id`,`occasion`);--> statement-breakpoint
CREATE INDEX `journey_enrolment_due` ON `journey_enrolment` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `journey_enrolment_person` ON `journey_enrolment` (`person_id`);--> statement-breakpoint
CREATE INDEX `journey_enrolment_counts` ON `journey_enrolment` (`journey_id`,`state`,`reason`,`version`,`step`);--> statement-breakpoint
CREATE TABLE `journey_member` (
	`journey_id` text NOT NULL,
	`lead_id` text NOT NULL,
	PRIMARY KEY(`journey_id`, `lead_id`)
);
--> statement-breakpoint
CREATE INDEX `journey_member_lead` ON `journey_member` (`lead_id`);--> statement-breakpoint
CREATE TABLE `journey_signal` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text,
	`person_id` text,
	`data` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journey_task` (
	`id` text PRIMARY KEY NOT NULL,
	`enrolment_id` text NOT NULL,
	`journey_id` text NOT NULL,
	`person_id` text NOT NULL,
	`words` text NOT NULL,
	`due_at` integer NOT NULL,
	`made_at` integer NOT NULL,
	`done_at` integer,
	`done_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journey_task_person` ON `journey_task` (`person_id`);--> statement-breakpoint
CREATE INDEX `journey_task_open` ON `journey_task` (`done_at`,`due_at`);--> statement-breakpoint
CREATE TABLE `journey_trail` (
	`enrolment_id` text NOT NULL,
	`place` integer NOT NULL,
	`person_id` text NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`step` text NOT NULL,
	`kind` text NOT NULL,
	`because` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`enrolment_id`, `place`)
);
--> statement-breakpoint
CREATE INDEX `journey_trail_person` ON `journey_trail` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `journey_version` (
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`definition` text NOT NULL,
	`published_at` integer NOT NULL,
	`published_by` text NOT NULL,
	PRIMARY KEY(`journey_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `lead` (
	`id` text PRIMARY KEY NOT NULL,
	`stage` text NOT NULL,
	`working_state` text NOT NULL,
	`company` text NOT NULL,
	`mail_domain` text NOT NULL,
	`fit` integer NOT NULL,
	`engagement` integer NOT NULL,
	`total` integer NOT NULL,
	`grade` text NOT NULL,
	`model_version` integer NOT NULL,
	`scored_day` text NOT NULL,
	`has_decay` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`merged_into` text,
	`owner` text,
	`mql_cause` text,
	`next_action_at` integer
);
--> statement-breakpoint
CREATE INDEX `lead_state` ON `lead` (`working_state`,`total`,`id`);--> statement-breakpoint
CREATE INDEX `lead_standing` ON `lead` (`working_state`,`stage`,`owner`,`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_merged` ON `lead` (`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_next` ON `lead` (`next_action_at`,`id`);--> statement-breakpoint
CREATE INDEX `lead_dated` ON `lead` (`working_state`,`next_action_at`,`id`);--> statement-breakpoint
CREATE INDEX `lead_created` ON `lead` (`created_at`,`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_company` ON `lead` (`company`,`id`,`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_owner` ON `lead` (`owner`,`working_state`);--> statement-breakpoint
CREATE INDEX `lead_total` ON `lead` (`total`,`id`,`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_activity` ON `lead` (`last_activity_at`,`id`,`merged_into`);--> statement-breakpoint
CREATE INDEX `lead_day` ON `lead` (`scored_day`,`has_decay`);--> statement-breakpoint
CREATE TABLE `lead_score` (
	`version` integer NOT NULL,
	`lead_id` text NOT NULL,
	`fit` integer NOT NULL,
	`engagement` integer NOT NULL,
	`total` integer NOT NULL,
	`grade` text NOT NULL,
	`scored_day` text NOT NULL,
	`has_decay` integer NOT NULL,
	`moves` integer NOT NULL,
	PRIMARY KEY(`version`, `lead_id`)
);
--> statement-breakpoint
CREATE TABLE `lead_view` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`is_shared` integer NOT NULL,
	`query` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lead_view_owner` ON `lead_view` (`owner`);--> statement-breakpoint
CREATE TABLE `lead_view_default` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`view_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mail_click` (
	`message_id` text NOT NULL,
	`place` integer NOT NULL,
	`origin` text NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`message_id`, `place`)
);
--> statement-breakpoint
CREATE INDEX `mail_click_origin` ON `mail_click` (`origin`,`person_id`);--> statement-breakpoint
CREATE INDEX `mail_click_person` ON `mail_click` (`person_id`);--> statement-breakpoint
CREATE TABLE `mailing` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`segment_id` text NOT NULL,
	`template` text NOT NULL,
	`trial` text NOT NULL,
	`template_b` text NOT NULL,
	`subject_b_en` text NOT NULL,
	`subject_b_zh` text NOT NULL,
	`trial_share` integer NOT NULL,
	`trial_hours` integer NOT NULL,
	`winner` text NOT NULL,
	`rhythm` text NOT NULL,
	`first_at` text NOT NULL,
	`is_local` integer NOT NULL,
	`state` text NOT NULL,
	`next_at` integer,
	`generation` integer NOT NULL,
	`tactic_id` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_for` integer NOT NULL,
	`approved_by` text NOT NULL,
	`approved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailing_name_unique` ON `mailing` (`name`);--> statement-breakpoint
CREATE INDEX `mailing_next` ON `mailing` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `mailing_recipient` (
	`run_id` text NOT NULL,
	`person_id` text NOT NULL,
	`mailing_id` text NOT NULL,
	`variant` text NOT NULL,
	`message_key` text NOT NULL,
	PRIMARY KEY(`run_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `mailing_recipient_person` ON `mailing_recipient` (`person_id`);--> statement-breakpoint
CREATE INDEX `mailing_recipient_mailing` ON `mailing_recipient` (`mailing_id`,`variant`);--> statement-breakpoint
CREATE INDEX `mailing_recipient_key` ON `mailing_recipient` (`message_key`);--> statement-breakpoint
CREATE TABLE `mailing_rule` (
	`id` text PRIMARY KEY NOT NULL,
	`approval_over` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mailing_run` (
	`id` text PRIMARY KEY NOT NULL,
	`mailing_id` text NOT NULL,
	`planned_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`state` text NOT NULL,
	`cursor` text NOT NULL,
	`posted` integer NOT NULL,
	`skipped` text NOT NULL,
	`winner` text NOT NULL,
	`decide_at` integer
);
--> statement-breakpoint
CREATE INDEX `mailing_run_mailing` ON `mailing_run` (`mailing_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `material_opening` (
	`id` text PRIMARY KEY NOT NULL,
	`share_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `material_opening_share` ON `material_opening` (`share_id`,`at`);--> statement-breakpoint
CREATE INDEX `material_opening_person` ON `material_opening` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `material_share` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`locale` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `material_share_person` ON `material_share` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `lead_merge` (
	`id` text PRIMARY KEY NOT NULL,
	`from_lead_id` text NOT NULL,
	`into_lead_id` text NOT NULL,
	`cause` text NOT NULL,
	`before` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE INDEX `merge_into` ON `lead_merge` (`into_lead_id`);--> statement-breakpoint
CREATE INDEX `merge_from` ON `lead_merge` (`from_lead_id`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`person_id` text NOT NULL,
	`class` text NOT NULL,
	`channel` text NOT NULL,
	`origin` text NOT NULL,
	`composer` text NOT NULL,
	`params` text NOT NULL,
	`due_at` integer NOT NULL,
	`planned_at` integer NOT NULL,
	`latest_at` integer,
	`priority` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`claimed_until` integer,
	`taken_at` integer,
	`reserved_at` integer,
	`attempts` integer NOT NULL,
	`answer` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_key_unique` ON `message` (`key`);--> statement-breakpoint
CREATE INDEX `message_due` ON `message` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `message_person` ON `message` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `message_taken` ON `message` (`person_id`,`taken_at`);--> statement-breakpoint
CREATE INDEX `message_origin` ON `message` (`origin`,`state`);--> statement-breakpoint
CREATE INDEX `message_list` ON `message` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `message_composer` ON `message` (`composer`,`state`);--> statement-breakpoint
CREATE INDEX `message_reason` ON `message` (`state`,`reason`);--> statement-breakpoint
CREATE TABLE `message_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`verdict` text NOT NULL,
	`reason` text NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE INDEX `message_decision_message` ON `message_decision` (`message_id`,`at`);--> statement-breakpoint
CREATE TABLE `message_rate` (
	`key` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `message_settings` (
	`version` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `move` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`from_stage` text NOT NULL,
	`to_stage` text NOT NULL,
	`cause` text NOT NULL,
	`evidence` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `move_lead` ON `move` (`lead_id`,`at`,`from_stage`,`to_stage`);--> statement-breakpoint
CREATE TABLE `notice_choice` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`muted` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `owner_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`staff_id` text NOT NULL,
	`kind` text NOT NULL,
	`lead_id` text NOT NULL,
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	`seen_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `owner_notice_key_unique` ON `owner_notice` (`key`);--> statement-breakpoint
CREATE INDEX `owner_notice_staff` ON `owner_notice` (`staff_id`,`seen_at`,`at`);--> statement-breakpoint
CREATE TABLE `pass` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`how` text NOT NULL,
	`agent` text NOT NULL,
	`last_seen_day` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pass_hash_unique` ON `pass` (`hash`);--> statement-breakpoint
CREATE INDEX `pass_person` ON `pass` (`person_id`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`first_lead_id` text NOT NULL,
	`data_key` text,
	`profile` blob,
	`imported` blob,
	`locale` text NOT NULL,
	`time_zone` text NOT NULL,
	`verified_at` integer,
	`created_at` integer NOT NULL,
	`erased_at` integer
);
--> statement-breakpoint
CREATE INDEX `person_lead` ON `person` (`lead_id`);--> statement-breakpoint
CREATE INDEX `person_first_lead` ON `person` (`first_lead_id`);--> statement-breakpoint
CREATE TABLE `person_attribute` (
	`person_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row_number` integer NOT NULL,
	`at` integer NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`person_id`, `import_id`, `row_number`)
);
--> statement-breakpoint
CREATE INDEX `person_attribute_import` ON `person_attribute` (`import_id`);--> statement-breakpoint
CREATE TABLE `person_lookup` (
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`kind`, `hash`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `person_lookup_person` ON `person_lookup` (`person_id`);--> statement-breakpoint
CREATE TABLE `post_holder` (
	`post_id` text NOT NULL,
	`person_id` text NOT NULL,
	`cause` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer,
	PRIMARY KEY(`post_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `post_holder_person` ON `post_holder` (`person_id`);--> statement-breakpoint
CREATE TABLE `referral_programme` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`subject` text NOT NULL,
	`title_en` text NOT NULL,
	`title_zh` text NOT NULL,
	`reward_en` text NOT NULL,
	`reward_zh` text NOT NULL,
	`terms_en` text NOT NULL,
	`terms_zh` text NOT NULL,
	`every` integer NOT NULL,
	`most` integer NOT NULL,
	`offer_id` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`paused_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_programme_code_unique` ON `referral_programme` (`code`);--> statement-breakpoint
CREATE INDEX `referral_programme_subject` ON `referral_programme` (`subject`,`starts_at`);--> statement-breakpoint
CREATE TABLE `referral_reward` (
	`id` text PRIMARY KEY NOT NULL,
	`programme_id` text NOT NULL,
	`person_id` text NOT NULL,
	`number` integer NOT NULL,
	`claim_id` text,
	`given_at` integer NOT NULL,
	`withdrawn_at` integer,
	`changes` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_reward_number` ON `referral_reward` (`programme_id`,`person_id`,`number`);--> statement-breakpoint
CREATE TABLE `report_schedule` (
	`id` text PRIMARY KEY NOT NULL,
	`reports` text NOT NULL,
	`recipients` text NOT NULL,
	`rhythm` text NOT NULL,
	`day` integer NOT NULL,
	`hour` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer,
	`last_sent_at` integer,
	`stopped_at` integer
);
--> statement-breakpoint
CREATE TABLE `retention` (
	`rule` text PRIMARY KEY NOT NULL,
	`days` integer,
	`last_run_at` integer,
	`last_removed` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `routing_turn` (
	`rule` text NOT NULL,
	`staff_id` text NOT NULL,
	`credit` integer NOT NULL,
	PRIMARY KEY(`rule`, `staff_id`)
);
--> statement-breakpoint
CREATE TABLE `score_ledger` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`disposition_id` text NOT NULL,
	`rule` text NOT NULL,
	`rule_version` integer NOT NULL,
	`points` integer NOT NULL,
	`half_life_days` integer,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `score_ledger_person` ON `score_ledger` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `score_ledger_disposition` ON `score_ledger` (`disposition_id`);--> statement-breakpoint
CREATE TABLE `scoring_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`base` integer NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`preview` text,
	`preview_revision` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `scoring_draft_state` ON `scoring_draft` (`state`);--> statement-breakpoint
CREATE TABLE `scoring_model` (
	`version` integer PRIMARY KEY NOT NULL,
	`model` text NOT NULL,
	`author` text NOT NULL,
	`published_at` integer NOT NULL,
	`is_live` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scoring_publication` (
	`version` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`base` integer NOT NULL,
	`author_name` text NOT NULL,
	`marketing` text NOT NULL,
	`sales` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `scoring_publication_state` ON `scoring_publication` (`state`);--> statement-breakpoint
CREATE TABLE `scoring_revision` (
	`draft_id` text NOT NULL,
	`revision` integer NOT NULL,
	`model` text NOT NULL,
	`editor` text NOT NULL,
	`editor_name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`draft_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `scoring_sign_off` (
	`draft_id` text NOT NULL,
	`revision` integer NOT NULL,
	`side` text NOT NULL,
	`staff_id` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`draft_id`, `revision`, `side`)
);
--> statement-breakpoint
CREATE TABLE `screening_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`sheet_key` text NOT NULL,
	`sheet_version` integer NOT NULL,
	`question` text NOT NULL,
	`verdict` text NOT NULL,
	`choice` text NOT NULL,
	`words` blob,
	`tick` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `screening_answer_person` ON `screening_answer` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `screening_sheet` (
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`campaign_id` text,
	`sheet` text NOT NULL,
	`author` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`key`, `version`)
);
--> statement-breakpoint
CREATE TABLE `search_asker` (
	`words_id` text NOT NULL,
	`asker` text NOT NULL,
	PRIMARY KEY(`words_id`, `asker`)
);
--> statement-breakpoint
CREATE TABLE `search_day` (
	`words_id` text NOT NULL,
	`day` text NOT NULL,
	`locale` text NOT NULL,
	`asked` integer NOT NULL,
	`unanswered` integer NOT NULL,
	PRIMARY KEY(`words_id`, `day`)
);
--> statement-breakpoint
CREATE INDEX `search_day_day` ON `search_day` (`day`);--> statement-breakpoint
CREATE TABLE `search_task` (
	`id` text PRIMARY KEY NOT NULL,
	`words_id` text NOT NULL,
	`locale` text NOT NULL,
	`words` text NOT NULL,
	`assignee` text NOT NULL,
	`note` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`done_by` text,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `search_task_done` ON `search_task` (`done_at`,`created_at`);--> statement-breakpoint
CREATE TABLE `search_words` (
	`id` text PRIMARY KEY NOT NULL,
	`locale` text NOT NULL,
	`sealed` blob,
	`words` text,
	`days` integer NOT NULL,
	`askers` integer NOT NULL,
	`last_day` text NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `search_words_last` ON `search_words` (`last_at`);--> statement-breakpoint
CREATE TABLE `segment` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`conditions` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `slot_impression` (
	`visitor_id` text NOT NULL,
	`slot` text NOT NULL,
	`subject` text NOT NULL,
	`local_day` text NOT NULL,
	`position` integer NOT NULL,
	`is_control` integer NOT NULL,
	`count` integer NOT NULL,
	`first_at` integer NOT NULL,
	PRIMARY KEY(`visitor_id`, `slot`, `subject`, `local_day`)
);
--> statement-breakpoint
CREATE INDEX `slot_impression_day` ON `slot_impression` (`local_day`,`slot`);--> statement-breakpoint
CREATE TABLE `source` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`channel` text NOT NULL,
	`tactic_id` text,
	`path` text NOT NULL,
	`utm_source` text NOT NULL,
	`utm_medium` text NOT NULL,
	`utm_campaign` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `source_code_unique` ON `source` (`code`);--> statement-breakpoint
CREATE INDEX `source_channel` ON `source` (`channel`);--> statement-breakpoint
CREATE INDEX `source_tactic` ON `source` (`tactic_id`);--> statement-breakpoint
CREATE TABLE `staff_absence` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text NOT NULL,
	`deputy` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_absence_until` ON `staff_absence` (`until_day`);--> statement-breakpoint
CREATE TABLE `staff_member` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`seen_at` integer NOT NULL,
	`left_at` integer
);
--> statement-breakpoint
CREATE TABLE `staff_session` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`staff_id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`checked_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_session_hash_unique` ON `staff_session` (`hash`);--> statement-breakpoint
CREATE TABLE `submission_arrival` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`visitor_id` text,
	`sender_id` text,
	`subject` text NOT NULL,
	`channel` text NOT NULL,
	`source_id` text,
	`tactic_id` text,
	`detail` text NOT NULL,
	`network` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `submission_arrival_person` ON `submission_arrival` (`person_id`,`subject`,`at`);--> statement-breakpoint
CREATE INDEX `submission_arrival_source` ON `submission_arrival` (`source_id`,`at`);--> statement-breakpoint
CREATE TABLE `suppression` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`hash` text NOT NULL,
	`person_id` text,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`lifted_at` integer,
	`lifted_by` text
);
--> statement-breakpoint
CREATE INDEX `suppression_hash` ON `suppression` (`hash`,`lifted_at`);--> statement-breakpoint
CREATE INDEX `suppression_person` ON `suppression` (`person_id`);--> statement-breakpoint
CREATE INDEX `suppression_at` ON `suppression` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `tactic` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tactic_name` ON `tactic` (`campaign_id`,`name`);--> statement-breakpoint
CREATE TABLE `tag` (
	`code` text PRIMARY KEY NOT NULL,
	`tag_group` text NOT NULL,
	`name_en` text NOT NULL,
	`name_zh` text NOT NULL,
	`rule` text,
	`expiry_days` integer NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `tag_mark` (
	`id` text PRIMARY KEY NOT NULL,
	`tag` text NOT NULL,
	`person_id` text,
	`account_id` text,
	`first_account_id` text,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer,
	`removed_at` integer,
	`removed_by` text
);
--> statement-breakpoint
CREATE INDEX `tag_mark_tag` ON `tag_mark` (`tag`,`removed_at`);--> statement-breakpoint
CREATE INDEX `tag_mark_person` ON `tag_mark` (`person_id`);--> statement-breakpoint
CREATE INDEX `tag_mark_account` ON `tag_mark` (`account_id`);--> statement-breakpoint
CREATE INDEX `tag_mark_source` ON `tag_mark` (`source`);--> statement-breakpoint
CREATE TABLE `target_definition` (
	`version` integer PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`author` text NOT NULL,
	`published_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `target_entry` (
	`list_id` text NOT NULL,
	`account_id` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`list_id`, `account_id`)
);
--> statement-breakpoint
CREATE INDEX `target_entry_account` ON `target_entry` (`account_id`);--> statement-breakpoint
CREATE TABLE `target_list` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`rule` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `touchpoint` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`local_day` text NOT NULL,
	`visitor_id` text,
	`person_id` text,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`source_id` text,
	`tactic_id` text,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`import_id` text
);
--> statement-breakpoint
CREATE INDEX `touchpoint_person` ON `touchpoint` (`person_id`,`at`,`channel`,`tactic_id`,`subject`);--> statement-breakpoint
CREATE INDEX `touchpoint_visitor` ON `touchpoint` (`visitor_id`,`at`);--> statement-breakpoint
CREATE INDEX `touchpoint_day` ON `touchpoint` (`local_day`,`channel`);--> statement-breakpoint
CREATE INDEX `touchpoint_import` ON `touchpoint` (`import_id`);--> statement-breakpoint
CREATE INDEX `touchpoint_source` ON `touchpoint` (`source_id`);--> statement-breakpoint
CREATE TABLE `utm_rule` (
	`source` text NOT NULL,
	`medium` text NOT NULL,
	`campaign` text NOT NULL,
	`channel` text NOT NULL,
	`tactic_id` text,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`source`, `medium`, `campaign`)
);
--> statement-breakpoint
CREATE TABLE `utm_unknown` (
	`source` text NOT NULL,
	`medium` text NOT NULL,
	`campaign` text NOT NULL,
	`visits` integer NOT NULL,
	`last_day` text NOT NULL,
	PRIMARY KEY(`source`, `medium`, `campaign`)
);
--> statement-breakpoint
CREATE TABLE `visitor` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`person_id` text,
	`joined_at` integer,
	`created_at` integer NOT NULL,
	`first_touch` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visitor_hash_unique` ON `visitor` (`hash`);--> statement-breakpoint
CREATE INDEX `visitor_person` ON `visitor` (`person_id`);--> statement-breakpoint
CREATE INDEX `visitor_joined` ON `visitor` (`joined_at`);--> statement-breakpoint
CREATE TABLE `webhook_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`delivery_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`at` integer NOT NULL,
	`took_ms` integer NOT NULL,
	`status` integer NOT NULL,
	`error` text NOT NULL,
	`answer` blob
);
--> statement-breakpoint
CREATE INDEX `webhook_attempt_delivery` ON `webhook_attempt` (`delivery_id`,`at`);--> statement-breakpoint
CREATE TABLE `webhook_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`claimed_until` integer NOT NULL,
	`last_status` integer NOT NULL,
	`last_error` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_delivery_once` ON `webhook_delivery` (`message_id`,`endpoint_id`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_due` ON `webhook_delivery` (`endpoint_id`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_list` ON `webhook_delivery` (`endpoint_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `webhook_endpoint` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`name` text NOT NULL,
	`events` text NOT NULL,
	`level` text NOT NULL,
	`data_key` text NOT NULL,
	`secret` blob NOT NULL,
	`old_secret` blob,
	`old_until` integer,
	`state` text NOT NULL,
	`failing_since` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_message` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`person_id` text,
	`lead_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_message_person` ON `webhook_message` (`person_id`);--> statement-breakpoint
CREATE INDEX `webhook_message_at` ON `webhook_message` (`at`);--> statement-breakpoint
CREATE TABLE `work_move` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`from_state` text NOT NULL,
	`to_state` text NOT NULL,
	`cause` text NOT NULL,
	`evidence` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `work_move_lead` ON `work_move` (`lead_id`,`at`,`from_state`,`to_state`);--> statement-breakpoint
CREATE TABLE `work_rule` (
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`author` text NOT NULL,
	`published_at` integer NOT NULL,
	`restored` integer,
	PRIMARY KEY(`kind`, `version`)
);
--> statement-breakpoint
CREATE TABLE `dealer_link` (
	`id` text PRIMARY KEY NOT NULL,
	`dealer_id` text NOT NULL,
	`dealer` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `dealer_link_dealer` ON `dealer_link` (`dealer_id`);--> statement-breakpoint
CREATE TABLE `offer_claim` (
	`id` text PRIMARY KEY NOT NULL,
	`offer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`coupon` text NOT NULL,
	`code_hash` text,
	`code` blob,
	`offer` text NOT NULL,
	`channel` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `offer_claim_code_hash_unique` ON `offer_claim` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `offer_claim_person` ON `offer_claim` (`offer_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `offer_claim_coupon` ON `offer_claim` (`offer_id`,`state`,`coupon`);--> statement-breakpoint
CREATE INDEX `offer_claim_of_person` ON `offer_claim` (`person_id`);--> statement-breakpoint
CREATE TABLE `offer_redemption` (
	`id` text PRIMARY KEY NOT NULL,
	`claim_id` text NOT NULL,
	`offer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`dealer_id` text NOT NULL,
	`dealer` text NOT NULL,
	`link_id` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer,
	`undone_by` text,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `offer_redemption_claim` ON `offer_redemption` (`claim_id`);--> statement-breakpoint
CREATE INDEX `offer_redemption_at` ON `offer_redemption` (`at`);--> statement-breakpoint
CREATE TABLE `quote_request` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`request_hash` text NOT NULL,
	`products` text NOT NULL,
	`words` blob NOT NULL,
	`dealer_id` text,
	`dealer` text,
	`dealer_state` text NOT NULL,
	`page` text NOT NULL,
	`locale` text NOT NULL,
	`content_revision` integer NOT NULL,
	`channel` text NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`verified_at` integer
);
--> statement-breakpoint
CREATE INDEX `quote_request_at` ON `quote_request` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `quote_request_person` ON `quote_request` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `quote_request_hash` ON `quote_request` (`request_hash`,`at`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`seconds` integer NOT NULL,
	`first_joined_at` integer,
	`last_left_at` integer,
	`stays` integer NOT NULL,
	`devices` integer NOT NULL,
	`settled_at` integer NOT NULL,
	PRIMARY KEY(`occurrence_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `certificate` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`sealed` blob,
	`minutes` integer NOT NULL,
	`issued_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_code_hash_unique` ON `certificate` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_once` ON `certificate` (`occurrence_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `certificate_person` ON `certificate` (`person_id`);--> statement-breakpoint
CREATE TABLE `check_in` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`registration_id` text NOT NULL,
	`how` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`actor` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `check_in_once` ON `check_in` (`occurrence_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `room_draw` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`rule` text NOT NULL,
	`prizes` text NOT NULL,
	`state` text NOT NULL,
	`seed` text NOT NULL,
	`commitment` text NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	`committed_at` integer,
	`drawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `room_draw_key` ON `room_draw` (`occurrence_id`,`key`);--> statement-breakpoint
CREATE TABLE `room_draw_entry` (
	`draw_id` text NOT NULL,
	`entry` text NOT NULL,
	`person_id` text NOT NULL,
	`prize` integer,
	`claimed_at` integer,
	`sealed` blob,
	`consent_hash` text NOT NULL,
	PRIMARY KEY(`draw_id`, `entry`)
);
--> statement-breakpoint
CREATE INDEX `room_draw_entry_person` ON `room_draw_entry` (`person_id`);--> statement-breakpoint
CREATE TABLE `webinar_follow` (
	`person_id` text NOT NULL,
	`subject` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`person_id`, `subject`)
);
--> statement-breakpoint
CREATE INDEX `webinar_follow_subject` ON `webinar_follow` (`subject`);--> statement-breakpoint
CREATE TABLE `webinar_follow_told` (
	`occurrence_id` text PRIMARY KEY NOT NULL,
	`told_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `follow_up` (
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`registration_id` text NOT NULL,
	`class` text NOT NULL,
	`due_at` integer NOT NULL,
	`decided_at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`occurrence_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `follow_up_person` ON `follow_up` (`person_id`);--> statement-breakpoint
CREATE TABLE `interaction` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`subject` text NOT NULL,
	`data` text NOT NULL,
	`sealed` blob,
	`at` integer NOT NULL,
	`audience` text NOT NULL,
	`showing` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `interaction_seq` ON `interaction` (`occurrence_id`,`seq`);--> statement-breakpoint
CREATE INDEX `interaction_subject` ON `interaction` (`occurrence_id`,`kind`,`subject`);--> statement-breakpoint
CREATE TABLE `webinar_invitation` (
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`segment_id` text NOT NULL,
	`ordered_at` integer NOT NULL,
	`sent_at` integer,
	`dropped` text NOT NULL,
	PRIMARY KEY(`occurrence_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `late_question` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`sealed` blob,
	`sealed_answer` blob,
	`asked_at` integer NOT NULL,
	`answered_at` integer,
	`answered_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `late_question_occurrence` ON `late_question` (`occurrence_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `late_question_person` ON `late_question` (`person_id`);--> statement-breakpoint
CREATE TABLE `webinar_occurrence` (
	`id` text PRIMARY KEY NOT NULL,
	`webinar_id` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`mode` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`went_live_at` integer,
	`finished_at` integer,
	`closes_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`capacity` integer,
	`place` text NOT NULL,
	`needs_approval` integer DEFAULT false NOT NULL,
	`sequence` integer NOT NULL,
	`cancelled_at` integer,
	`is_elsewhere` integer DEFAULT false NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `occurrence_start` ON `webinar_occurrence` (`webinar_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `occurrence_closes` ON `webinar_occurrence` (`closes_at`);--> statement-breakpoint
CREATE TABLE `poll_vote` (
	`occurrence_id` text NOT NULL,
	`poll` text NOT NULL,
	`person_id` text NOT NULL,
	`choices` text NOT NULL,
	`sealed` blob,
	`showing` text NOT NULL,
	`points` integer NOT NULL,
	`took_ms` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`occurrence_id`, `poll`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `room_question` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`is_private` integer NOT NULL,
	`votes` integer NOT NULL,
	`speaker` text NOT NULL,
	`answer` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answered_at` integer
);
--> statement-breakpoint
CREATE INDEX `room_question_occurrence` ON `room_question` (`occurrence_id`);--> statement-breakpoint
CREATE INDEX `room_question_person` ON `room_question` (`person_id`);--> statement-breakpoint
CREATE TABLE `room_question_vote` (
	`question_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `room_question_vote_person` ON `room_question_vote` (`person_id`);--> statement-breakpoint
CREATE TABLE `recording` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`job_id` text NOT NULL,
	`file_key` text NOT NULL,
	`media_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`duration_seconds` integer,
	`problem` text NOT NULL,
	`created_at` integer NOT NULL,
	`ready_at` integer
);
--> statement-breakpoint
CREATE INDEX `recording_occurrence` ON `recording` (`occurrence_id`);--> statement-breakpoint
CREATE INDEX `recording_job` ON `recording` (`job_id`);--> statement-breakpoint
CREATE TABLE `registration` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`registered_at` integer NOT NULL,
	`joined_at` integer,
	`attended_via` text DEFAULT '' NOT NULL,
	`queued_at` integer,
	`offered_until` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	`import_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registration_once` ON `registration` (`occurrence_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `registration_person` ON `registration` (`person_id`);--> statement-breakpoint
CREATE INDEX `registration_state` ON `registration` (`occurrence_id`,`state`,`queued_at`);--> statement-breakpoint
CREATE INDEX `registration_offer` ON `registration` (`offered_until`);--> statement-breakpoint
CREATE INDEX `registration_import` ON `registration` (`import_id`);--> statement-breakpoint
CREATE TABLE `replay_answer` (
	`pass_id` text NOT NULL,
	`poll` text NOT NULL,
	`option` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`pass_id`, `poll`)
);
--> statement-breakpoint
CREATE TABLE `replay_pass` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`first_played_at` integer,
	`extended_until` integer,
	`asked_at` integer,
	`watched_seconds` integer NOT NULL,
	`unique_seconds` integer NOT NULL,
	`last_watched_at` integer,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `replay_pass_once` ON `replay_pass` (`occurrence_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `replay_pass_person` ON `replay_pass` (`person_id`);--> statement-breakpoint
CREATE TABLE `replay_terms` (
	`webinar_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`hours` integer NOT NULL,
	`until_at` integer,
	`hls_path` text NOT NULL,
	`offset_seconds` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `replay_view` (
	`id` text PRIMARY KEY NOT NULL,
	`pass_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`watched_ms` integer NOT NULL,
	`ranges` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `replay_view_pass` ON `replay_view` (`pass_id`);--> statement-breakpoint
CREATE TABLE `room_ban` (
	`webinar_id` text NOT NULL,
	`person_id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`webinar_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `room_ban_person` ON `room_ban` (`person_id`);--> statement-breakpoint
CREATE TABLE `room_poll` (
	`occurrence_id` text NOT NULL,
	`key` text NOT NULL,
	`form` text NOT NULL,
	`question` text NOT NULL,
	`options` text NOT NULL,
	`correct` text NOT NULL,
	`points` integer NOT NULL,
	`seconds` integer NOT NULL,
	`shows` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer,
	`closes_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`occurrence_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `room_rules` (
	`webinar_id` text PRIMARY KEY NOT NULL,
	`holds` integer NOT NULL,
	`words` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `room_signal` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`event` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL,
	`taken_at` integer
);
--> statement-breakpoint
CREATE INDEX `room_signal_taken` ON `room_signal` (`taken_at`);--> statement-breakpoint
CREATE TABLE `run_sheet` (
	`occurrence_id` text PRIMARY KEY NOT NULL,
	`target` integer,
	`highlights` text NOT NULL,
	`lines` text NOT NULL,
	`done` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webinar_banner` (
	`occurrence_id` text PRIMARY KEY NOT NULL,
	`is_on` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer,
	`places` text NOT NULL,
	`text` text NOT NULL,
	`tags` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stage_seat` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`kind` text NOT NULL,
	`holder_id` text NOT NULL,
	`identity` text NOT NULL,
	`role` text NOT NULL,
	`called_at` integer,
	`sealed_name` blob,
	`link_hash` text NOT NULL,
	`revoked_at` integer,
	`banned_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stage_seat_identity` ON `stage_seat` (`occurrence_id`,`identity`);--> statement-breakpoint
CREATE INDEX `stage_seat_holder` ON `stage_seat` (`holder_id`);--> statement-breakpoint
CREATE TABLE `stay` (
	`id` text PRIMARY KEY NOT NULL,
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`source` text NOT NULL,
	`import_id` text,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `stay_occurrence` ON `stay` (`occurrence_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `survey_answer` (
	`occurrence_id` text NOT NULL,
	`person_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`score` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`occurrence_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `survey_answer_person` ON `survey_answer` (`person_id`);