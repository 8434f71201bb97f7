/**
 * How many histories a property is tried on: all on SQLite, a third on PostgreSQL, where they show that the other dialect keeps to
 * rules that have been tried by then.
 */
export function runs(count: number): number {
	return process.env['FOYER_TEST_DATABASE_URL'] === undefined ? count : Math.ceil(count / 3);
}
