import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'postgresql',
	schema: ['./kernel/schema.postgres.ts', './gating/schema.postgres.ts', './gating/offer/schema.postgres.ts', './webinar/schema.postgres.ts'],
	out: './kernel/migrations/postgres',
});
