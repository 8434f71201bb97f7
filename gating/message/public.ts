export type {
	ComposedMail,
	ComposedMessage,
	Composer,
	Composers,
	MailPurpose,
	MessageChannel,
	MessageClass,
	MessageState,
	NewMessage,
	OutgoingMessage,
	Withdrawal,
} from './message.ts';
export type { Messages } from './create-messages.ts';
export type { Delivered } from './deliver.ts';
export type { Answered } from './take-answer.ts';
export type { LeadMessages, MessageCount, MessageItem, MessageQuery, SuppressionView } from './reading.ts';
export type { LiveSettings, MessageSettings } from './settings.ts';
