/** Injects the service's name, such as `courses`. */
export const SERVICE_NAME = Symbol('service name');

/** Injects the service's validated config. */
export const CONFIG = Symbol('config');

/** Injects the prom-client registry that `/metrics` shows. */
export const METRICS = Symbol('metrics');
