/** Where every service serves its API. */
export const apiPort = 3000;

/** Where every service serves its metrics; not reachable from outside the task. */
export const managementPort = 9464;
