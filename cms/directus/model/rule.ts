import type { Words } from './words.ts';

/** What a value must be like, as Directus checks it, and what it says otherwise. Part of a field, not of a permission. */
export interface Rule {
	readonly test: object;
	readonly message: Words;
}

/** A rule for one field. An optional field may also be empty. */
export function rule(name: string, test: object, isRequired: boolean): object {
	return isRequired ? { _and: [{ [name]: test }] } : { _or: [{ [name]: { _null: true } }, { [name]: test }] };
}

export const MAIL: Rule = {
	test: { _regex: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' },
	message: ['A mail address, such as office@example.com', '请填写邮箱，例如 office@example.com'],
};

export const LINK: Rule = {
	test: { _regex: '^(/(?!/)|https://)\\S*$' },
	message: ['Starts with / for a page of this site, or with https://', '本站页面以 / 开头，外部网址以 https:// 开头'],
};

export const WEB_ADDRESS: Rule = {
	test: { _regex: '^https?://[^\\s/]+\\S*$' },
	message: ['A whole address that starts with https://', '请填写以 https:// 开头的完整网址'],
};

export const COUNTRY: Rule = {
	test: { _regex: '^[A-Z]{2}$' },
	message: ['Two capital letters, such as DE, CH or CN', '两位大写字母，例如 DE、CH、CN'],
};

export const LATITUDE: Rule = {
	test: { _between: [-90, 90] },
	message: ['Between -90 and 90; north is positive', '范围为 -90 至 90，北纬为正'],
};

export const LONGITUDE: Rule = {
	test: { _between: [-180, 180] },
	message: ['Between -180 and 180; east is positive', '范围为 -180 至 180，东经为正'],
};

export const TIME_ZONE: Rule = {
	test: { _regex: '^(UTC|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+)$' },
	message: ['An IANA name, such as Europe/Zurich or Asia/Shanghai', '请填写 IANA 时区名称，例如 Asia/Shanghai'],
};
