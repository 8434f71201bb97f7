export type { AccountStatus } from './account.ts';
export type { Accounts } from './create-accounts.ts';
export type { AccountItem, AccountPage, AccountQuery } from './list.ts';
export type { AccountView } from './view.ts';
