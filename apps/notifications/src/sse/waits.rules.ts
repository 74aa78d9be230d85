/** Waits between looks for a row that another instance is writing, milliseconds: together 10 s. */
export const waitsMs = [10, 20, 40, 80, 150, 300, 500, 900, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000];
