import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: ['./kernel/schema.ts', './gating/schema.ts', './gating/offer/schema.ts', './webinar/schema.ts'],
	out: './kernel/migrations/sqlite',
});
