/** Waits until something holds, looking often; rejects after `limitMs`. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`It did not come about in ${limitMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
