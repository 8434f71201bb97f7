export type { Exports, ExportState, ExportView } from './create-exports.ts';
export type { Cell } from './cell.ts';
export type { ExportList, ExportQuery, ExportRequest, OpenList } from './list.ts';
