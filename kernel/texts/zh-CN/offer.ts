export const offer = {};
