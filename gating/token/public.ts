export type { Tokens, TokenView } from './create-tokens.ts';
export type { TokenHolder, TokenRight } from './holder.ts';
