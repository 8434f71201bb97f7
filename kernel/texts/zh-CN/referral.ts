/** Words of invitations, posters and rewards. */
export const referral = {};
