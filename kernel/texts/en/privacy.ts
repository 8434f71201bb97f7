/** Words of the preference centre, downloads of own data and retention. */
export const privacy = {} as const;
