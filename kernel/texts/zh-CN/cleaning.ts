export const cleaning = {} as const;
