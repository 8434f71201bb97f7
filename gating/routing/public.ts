export type { AbsenceInput } from './absences.ts';
export type { RouteProblem } from './check.ts';
export type { Routing } from './create-routing.ts';
export type { Absence } from './presence.ts';
export type { RouteRule } from './route.ts';
export type { LiveRule, RuleBody, RuleKind, RuleVersion } from './rules.ts';
export type { Simulation } from './simulate.ts';
export type { Tried } from './try.ts';
export type { ClockView, Waiting } from './waiting.ts';
