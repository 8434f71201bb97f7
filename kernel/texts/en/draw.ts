/** Words of lucky draws: the public proof, and how a winner claims. */
export const draw = {
	consent: {
		title: 'Delivery of a prize',
		text: 'The address is used once, to send the prize, by us and the carrier. It is sealed, shown to nobody else, used for no advertising, and deleted 90 days after the draw. You can take this back before the prize is sent; then it goes nowhere.',
	},
} as const;
