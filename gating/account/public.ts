export type { AccountStatus } from './account.ts';
export type { Accounts } from './create-accounts.ts';
export type { AccountItem, AccountPage, AccountQuery } from './list.ts';
export type { AccountView } from './view.ts';
export { ACCOUNT_STATUSES, SIZES as ACCOUNT_SIZES } from './account.ts';
export { ACCOUNT_SORTS } from './list.ts';
