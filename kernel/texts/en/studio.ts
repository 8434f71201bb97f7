/** Words of the studio: what hosts see and do while a session runs. */
export const studio = {
	title: 'Studio',
	open: 'Open the studio',
	back: 'Registrations of this session',
	room: 'The room as viewers see it',
	stage: 'Stage',
	board: 'Board',
} as const;
