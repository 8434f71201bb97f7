/** What was typed into the form of the target definition, as the definition that the hub still has to accept. */
export function targetTyped(data: FormData) {
	const chosen = (name: string): string[] => data.getAll(name).map(String);
	return {
		industries: chosen('industries'),
		sizes: chosen('sizes'),
		countries: listed(data, 'countries', /[\s,，、;；]+/u).map((code) => code.toUpperCase()),
		regions: listed(data, 'regions', /[,，、;；]+/u),
		jobRoles: chosen('jobRoles'),
	};
}

function listed(data: FormData, name: string, separator: RegExp): string[] {
	const parts = String(data.get(name) ?? '').split(separator);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
