export const webinar = {} as const;
