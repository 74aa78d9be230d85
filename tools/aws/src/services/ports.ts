/** Where every service serves its API. */
export const apiPort = 3000;

/** Where every service serves its metrics; nobody is let in from outside the task. */
export const managementPort = 9464;
