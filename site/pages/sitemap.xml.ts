import type { APIRoute } from 'astro';

/** Where crawlers look for a sitemap that nobody named. */
export const GET: APIRoute = ({ redirect }) => redirect('/sitemap-index.xml', 301);
