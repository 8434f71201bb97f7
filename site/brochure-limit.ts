/** Products in one brochure at most. */
export const MOST_PRODUCTS = 12;
