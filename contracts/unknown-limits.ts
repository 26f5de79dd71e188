/** Of one gateway so many unknown radio codes are kept; a further one takes the place of the one heard longest ago. */
export const unknownAtMost = 256;
/** What was not heard for so many days is forgotten. */
export const unknownForgottenAfterDays = 14;
/** Different things that one code said are listed up to so many. */
export const unknownSaidAtMost = 8;
