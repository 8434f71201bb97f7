import type { AddRoutes } from './api.ts';

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
body{max-width:56rem;margin:0 auto;padding:2rem 1.5rem 6rem}h1{font-size:1.75rem}h2{margin-top:3rem;border-bottom:1px solid}
article{padding:1rem 0;border-bottom:1px solid color-mix(in srgb,currentcolor 20%,transparent)}h3{margin:0;font:600 1rem/1.5 ui-monospace,monospace}
pre{overflow:auto;font-size:.85rem}dt{font-weight:600;font-family:ui-monospace,monospace}dd{margin:0 0 .25rem 1.5rem}
`;

interface Operation {
	readonly tags?: readonly string[];
	readonly summary?: string;
	readonly description?: string;
	readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
	readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
	readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
}

/** `/openapi.json`, and `/docs`: the same for reading, without script and without another host. */
export const addDocs: AddRoutes = (api, app) => {
	const registry = api.openAPIRegistry;
	registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
	registry.registerComponent('securitySchemes', 'staff', { type: 'apiKey', in: 'cookie', name: 'foyer_staff' });
	let made: ReturnType<typeof api.getOpenAPI31Document> | undefined;
	const describe = () =>
		(made ??= api.getOpenAPI31Document({
			openapi: '3.1.0',
			info: {
				title: 'Foyer',
				version: '1',
				description: 'Errors are problem documents (RFC 9457); lists are paged by cursor; 429 names the seconds to wait in Retry-After.',
			},
			servers: [{ url: app.config.server.publicUrl }],
		}));

	api.get('/openapi.json', (c) => c.json(describe(), 200, { 'cache-control': 'no-cache' }));
	api.get('/docs.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }));
	api.get('/docs', (c) =>
		c.html(page({ ...describe().paths, ...describe().webhooks } as Readonly<Record<string, Readonly<Record<string, Operation>>>>), 200, {
			'cache-control': 'no-cache',
		}),
	);
};

function page(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>): string {
	const all = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
	const tags = [...new Set(all.map(({ operation }) => operation.tags?.[0] ?? ''))];
	const section = (tag: string): string =>
		`<section><h2>${escape(tag)}</h2>${all
			.filter(({ operation }) => (operation.tags?.[0] ?? '') === tag)
			.map(article)
			.join('')}</section>`;
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Foyer API</title>
<link rel="stylesheet" href="/api/v1/docs.css"></head><body><main><h1>Foyer API</h1><p>Described for machines at <a href="/api/v1/openapi.json">openapi.json</a>.</p>${tags.map(section).join('')}</main></body></html>`;
}

function article({ path, method, operation }: { readonly path: string; readonly method: string; readonly operation: Operation }): string {
	const { summary = '', description, parameters = [], requestBody, responses = {} } = operation;
	const body = requestBody?.content?.['application/json']?.schema;
	const parameterNames = parameters.map((parameter) => `${parameter.name} (${parameter.in}${parameter.required ? '' : ', optional'})`).join(', ');
	return `<article><h3>${method.toUpperCase()} ${escape(path)}</h3><p>${escape(summary)}</p>${description ? `<p>${escape(description)}</p>` : ''}
${parameterNames ? `<p>Parameters: ${escape(parameterNames)}</p>` : ''}${body ? `<details><summary>Body</summary><pre>${escape(JSON.stringify(body, null, 2))}</pre></details>` : ''}
<dl>${Object.entries(responses)
		.map(([status, response]) => `<dt>${escape(status)}</dt><dd>${escape(response.description ?? '')}</dd>`)
		.join('')}</dl></article>`;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
