export type { AccountStatus } from './account.ts';
export type { CommitteeRole } from './committee.ts';
export type { Accounts } from './create-accounts.ts';
export type { AccountItem, AccountPage, AccountQuery } from './list.ts';
export type { Post } from './post.ts';
export type { AccountReceipt } from './score.ts';
export type { Committee, CommitteeMember } from './seat.ts';
export type { TargetImport, TargetList } from './target-list.ts';
export type { AccountView } from './view.ts';
