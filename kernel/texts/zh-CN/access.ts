/** Words of codes, passes and opened files. */
export const access = {};
