import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

/** Which doors each folder may use; everything else of ours is refused. One object per folder, since a later one replaces the rule. */
const DIRECTIONS = [
	{ files: ['kernel/**/*.ts', 'config.ts'], allowed: '#kernel' },
	{ files: ['cms/**/*.ts'], allowed: '#kernel|#config|#cms' },
	{ files: ['search/**/*.ts'], allowed: '#kernel|#config|#cms/content|#search' },
	{ files: ['gating/**/*.ts'], allowed: '#kernel|#config|#cms/content|#gating' },
	{ files: ['webinar/**/*.ts'], allowed: '#kernel|#config|#cms/content|#gating\\.|#gating$|#webinar' },
	{
		files: ['site/**/*.{ts,astro}'],
		allowed:
			'#kernel/texts|#kernel/log|#kernel/clock|#kernel/errors|#kernel/idempotency|#kernel/qr|#kernel/recent|#cms/content|#cms/figure|#gating/profile/audience|#gating/profile/rank|#gating/profile/candidate|#site|#app|#config',
	},
	{ files: ['app.ts', 'hub.ts'], allowed: '#kernel|#config|#app|#cms|#gating|#webinar|#search' },
	{ files: ['server.ts'], allowed: '#app|#hub|#config|#site/edge|#site/api|#kernel/log' },
	{ files: ['worker.ts'], allowed: '#app|#config|#kernel/log' },
];

const direction = ({ files, allowed }) => ({
	files,
	ignores: ['**/*.test.ts'],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						regex: `^#(?!(?:${allowed.replaceAll('#', '')}))`,
						message: 'This folder may not import that one (docs/architecture.md, Directions).',
						allowTypeImports: files[0].startsWith('site') || files[0].startsWith('cms'),
					},
					...(files[0].startsWith('site') ? [] : [{ group: ['astro', 'astro:*', 'hono', 'hono/*'], message: 'Only site/ knows HTTP and Astro.' }]),
				],
			},
		],
	},
});

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', '.data/', '.cache/', '.astro/', 'kernel/migrations/', 'site/public/', 'cms/seed/media/'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.base],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
			'no-console': 'error',
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-var': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'no-restricted-syntax': [
				'error',
				{ selector: "CallExpression[callee.property.name='selectDistinctOn']", message: 'SQLite has no DISTINCT ON.' },
				{ selector: "CallExpression[callee.property.name='for'][callee.object.type='CallExpression']", message: 'SQLite has no FOR UPDATE.' },
				{ selector: "MemberExpression[property.name='rowCount']", message: 'Count changed rows with .returning().length.' },
				{ selector: "CallExpression[callee.name='ilike']", message: 'SQLite has no ILIKE; use blind indexes or a folded column.' },
			],
		},
	},
	{ files: ['scripts/**', 'server.ts', 'worker.ts', 'tests/bench/**', 'site/edge/precompress.ts'], rules: { 'no-console': 'off' } },
	{
		files: ['**/*.ts'],
		ignores: [
			'config.ts',
			'scripts/**',
			'tests/**',
			'server.ts',
			'worker.ts',
			'vitest.config.ts',
			'**/*.test.ts',
			'cms/directus/child*.ts',
			'cms/directus/extensions/**',
		],
		rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' }] },
	},
	...astro.configs['flat/recommended'],
	...astro.configs['flat/jsx-a11y-recommended'],
	...DIRECTIONS.map(direction),
);
