import { DomainError } from '#kernel/errors.ts';

import { isStorable } from '../event/props.ts';

/** A place in a sorted list: the value it is sorted by and the id that breaks ties. */
export interface Place {
	readonly value: number | string;
	readonly id: string;
}

/** The place as opaque text; `kind` keeps a cursor of one list or order out of another. */
export function writeCursor(kind: string, { value, id }: Place): string {
	return Buffer.from(JSON.stringify([kind, value, id])).toString('base64url');
}

/** @throws DomainError invalid for a cursor that was not given out for this list and order. */
export function readCursor(kind: string, type: 'number' | 'string', cursor: string): Place {
	const parts = parse(cursor);
	if (
		!Array.isArray(parts) ||
		parts.length !== 3 ||
		parts[0] !== kind ||
		typeof parts[1] !== type ||
		typeof parts[2] !== 'string' ||
		![parts[1], parts[2]].every((part) => isStorable(String(part)))
	) {
		throw new DomainError('invalid', 'The cursor is not one of this list: start again without it.', {
			fields: [{ field: 'cursor', code: 'cursor' }],
		});
	}
	return { value: parts[1] as number | string, id: parts[2] };
}

function parse(cursor: string): unknown {
	try {
		return JSON.parse(Buffer.from(cursor.slice(0, 500), 'base64url').toString('utf8'));
	} catch {
		return null;
	}
}
