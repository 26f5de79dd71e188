/** The event identifier of every press of a storm, and the run of the events around it. */
export const pressId = 'storm';
