/** Plain words to one phone. */
export interface TextMessage {
	/** The same on every try, so that a gateway can drop a repeat. */
	readonly id: string;
	/** E.164: `+41525550161`. */
	readonly to: string;
	readonly text: string;
}

/** Hands short messages over to whoever delivers them. */
export interface TextChannel {
	/** @throws DomainError invalid when the message is refused for good; any other error when it is worth another try. */
	send(message: TextMessage): Promise<void>;
}
