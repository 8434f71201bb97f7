const BROCHURES = 6;
const PICTURES = 10;

export interface Prints {
	readonly brochures: number;
	readonly pictures: number;
	/** From the first question to the last answer. */
	readonly seconds: number;
}

/** Has the hub make six brochures of six products and ten pictures of links, all at once, none of which it has made before. */
export async function printAll(port: number): Promise<Prints> {
	const base = `http://127.0.0.1:${port}`;
	const list = await (await fetch(`${base}/library`)).text();
	const pages = [...new Set([...list.matchAll(/href="(\/(?:white-papers|cases|articles)\/[a-z0-9-]+)"/g)].map(([, path = '']) => path))].slice(
		0,
		PICTURES,
	);
	const pictures = await Promise.all(
		pages.map(async (path) => /property="og:image" content="[^"]*(\/media\/og\/[^"]+)"/.exec(await (await fetch(base + path)).text())?.[1] ?? ''),
	);
	const products = ['hs4-100', 'hd3-012', 'hg1-090', 'hf3-2200', 'hx4-e58', 'hc1-kit'];
	const begun = performance.now();
	const brochure = async (number: number): Promise<boolean> => {
		const body = new URLSearchParams([
			...products.map((slug) => ['p', slug]),
			['s', 'description'],
			['s', 'specifications'],
			['name', `Reader ${number}`],
		]);
		const answer = await fetch(`${base}/brochure`, { method: 'POST', body, redirect: 'manual', headers: { origin: base } });
		await answer.arrayBuffer();
		return answer.status === 303;
	};
	const picture = async (path: string): Promise<boolean> => {
		const answer = await fetch(base + path);
		await answer.arrayBuffer();
		return answer.status === 200;
	};
	const [made, drawn] = await Promise.all([
		Promise.all(Array.from({ length: BROCHURES }, (_, number) => brochure(number))),
		Promise.all(pictures.filter(Boolean).map(picture)),
	]);
	return { brochures: made.filter(Boolean).length, pictures: drawn.filter(Boolean).length, seconds: (performance.now() - begun) / 1_000 };
}
