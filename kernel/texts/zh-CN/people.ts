/** Words of accounts, tags, segments and the whole view of a lead. */
export const people = {};
