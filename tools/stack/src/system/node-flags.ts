/** Bounds of the heap: by itself it grows to three times what is alive, as it goes by the machine's memory. */
export const heapFlags: readonly string[] = ['--max-old-space-size=256', '--max-semi-space-size=32'];

/**
 * How an app's garbage is collected. NODE_OPTIONS does not take these flags.
 *
 * No helper threads: on few processors the app waits for one that has no processor. No allocation of short-lived
 * objects in the old generation, where each keeps a whole request alive until a full collection.
 */
export const collectorFlags: readonly string[] = ['--single-threaded-gc', '--no-allocation-site-pretenuring'];

/** What Node is started with for every app: here, in the images (tools/docker/Dockerfile) and on AWS. */
export const nodeFlags: readonly string[] = [...heapFlags, ...collectorFlags];
