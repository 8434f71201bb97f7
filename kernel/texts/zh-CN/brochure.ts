export const brochure = {};
