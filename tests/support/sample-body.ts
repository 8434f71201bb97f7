interface Schema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly pattern?: string;
	readonly example?: unknown;
	readonly minimum?: number;
	readonly minLength?: number;
	readonly minItems?: number;
	readonly items?: Schema;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly allOf?: readonly Schema[];
}

export interface Operation {
	readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema }[];
	readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface ApiDescription {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** A request that an operation's description allows, with no more than it must have; what it names need not be there. */
export function sampleRequest(api: ApiDescription, path: string, operation: Operation) {
	const sample = (schema: Schema): unknown => {
		if (schema.$ref !== undefined) return sample(api.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {});
		if (schema.const !== undefined) return schema.const;
		if (schema.enum) return schema.enum[0];
		if (schema.example !== undefined) return schema.example;
		const choice = (schema.anyOf ?? schema.oneOf)?.[0];
		if (choice) return sample(choice);
		if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample)) as unknown;
		switch (Array.isArray(schema.type) ? (schema.type as readonly string[])[0] : schema.type) {
			case 'object':
				return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]));
			case 'array':
				return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
			case 'integer':
			case 'number':
				return schema.minimum ?? 1;
			case 'boolean':
				return false;
			default:
				return schema.format === 'date-time' ? '2026-03-02T08:00:00Z' : schema.format === 'date' ? '2026-03-02' : 'x'.repeat(schema.minLength ?? 1);
		}
	};
	const of = (where: string) => (operation.parameters ?? []).filter((one) => one.in === where);
	const query = of('query').flatMap(({ name, required, schema = {} }) => (required ? [[name, String(sample(schema))]] : []));
	// Numbers are validated before anybody is asked who they are; ids are looked for after.
	const numbers = new Map<string, string>(
		of('path').flatMap(({ name, schema }) => (schema?.type === 'integer' || schema?.type === 'number' ? [[`{${name}}`, '1'] as const] : [])),
	);
	const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
	return {
		path:
			path.replaceAll(/\{\w+\}/g, (name) => numbers.get(name) ?? '00000000-0000-7000-8000-000000000000') +
			(query.length > 0 ? `?${new URLSearchParams(query).toString()}` : ''),
		type: type ?? null,
		body: body === undefined ? null : type === 'application/json' ? JSON.stringify(sample(body.schema)) : 'mail\nx@kestrel-packaging.com\n',
	};
}
