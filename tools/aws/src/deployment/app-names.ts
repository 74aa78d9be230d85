/** The services, in the order in which a first deployment brings them up. */
export const appNames = ['gateway', 'courses', 'enrollments', 'notifications'] as const;

/** A service of the workspace. */
export type AppName = (typeof appNames)[number];

/** What CDK and AWS call everything of the system. */
export const systemName = 'registrar';
