import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

export default defineConfig({
	srcDir: './site',
	publicDir: './site/public',
	output: 'server',
	trailingSlash: 'never',
	devToolbar: { enabled: false },
	adapter: node({ mode: 'middleware', bodySizeLimit: 256 * 1024 }),
	session: false,
	i18n: { locales: ['en', 'zh-CN'], defaultLocale: 'en', routing: { prefixDefaultLocale: false } },
	// The edge checks Origin on every unsafe request and sends the one constant CSP; pages carry nothing inline (docs/decisions/0003).
	security: { checkOrigin: false },
	build: { inlineStylesheets: 'never' },
	// One stylesheet for all pages: nothing else stands before the first paint, and it is fetched once.
	vite: { build: { assetsInlineLimit: 0, cssCodeSplit: false } },
});
