/**
 * Days that one may last at most. What was forgotten ends by itself within a season, and a longer stay is prolonged by
 * somebody who has asked.
 */
export const longestAbsenceDays = 92;

/** Days by which its beginning may lie back: a station often hears of a hospital stay afterwards. */
export const latestEntryDays = 14;
