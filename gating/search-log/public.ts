export type { SearchLog, SearchQuery } from './create-search-log.ts';
export type { SearchDetail, SearchLine, SearchReport } from './report.ts';
export type { SearchTask } from './tasks.ts';
