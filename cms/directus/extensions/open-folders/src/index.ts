/**
 * Lets editors list folders. Directus 12.4.0 freezes the query of a request and then adds a filter to it for everybody but
 * administrators, so that `GET /folders` fails and the file library stays shut. This hands the route a query that may be added to.
 */
interface FolderRequest {
	sanitizedQuery: object;
}

interface Application {
	use(path: string, handler: (request: FolderRequest, response: unknown, next: () => void) => void): void;
}

interface Hooks {
	init(event: string, handler: (meta: { readonly app: Application }) => void): void;
}

export default function openFolders({ init }: Hooks): void {
	init('routes.before', ({ app }) =>
		app.use('/folders', (request, _response, next) => {
			request.sanitizedQuery = { ...request.sanitizedQuery };
			next();
		}),
	);
}
