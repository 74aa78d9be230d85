/** What the page itself noted. Times are ms since the navigation began. */
export interface PageFigures {
  /** Title and first content are there, and no skeleton is left. */
  contentAtMs: number | undefined;
  lastLongTaskEndMs: number;
  /** Sum of all layout shifts that did not follow an input: never below the window that CLS takes. */
  layoutShift: number;
  /** The longest event of each interaction since they were last taken. */
  interactions: Record<string, number>;
}

declare global {
  interface Window {
    figures: PageFigures;
  }
}

interface EventTiming extends PerformanceEntry {
  readonly interactionId: number;
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/**
 * Notes figures from the first moment of a page. Runs in the page before its own scripts, so it uses nothing from
 * outside.
 *
 * @param content a selector of what a reader came for
 */
export function observePage(content: string): void {
  const figures: PageFigures = {
    contentAtMs: undefined,
    lastLongTaskEndMs: 0,
    layoutShift: 0,
    interactions: {},
  };
  globalThis.window.figures = figures;
  const observe = (
    options: PerformanceObserverInit & { durationThreshold?: number },
    note: (entry: never) => void,
  ) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry as never);
    }).observe({ ...options, buffered: true });
  observe({ type: 'longtask' }, ({ startTime, duration }: PerformanceEntry) => {
    figures.lastLongTaskEndMs = Math.max(figures.lastLongTaskEndMs, startTime + duration);
  });
  observe({ type: 'layout-shift' }, ({ value, hadRecentInput }: LayoutShift) => {
    if (!hadRecentInput) figures.layoutShift += value;
  });
  observe({ type: 'event', durationThreshold: 16 }, ({ interactionId, duration }: EventTiming) => {
    if (interactionId === 0) return;
    figures.interactions[interactionId] = Math.max(figures.interactions[interactionId] ?? 0, duration);
  });
  const look = () => {
    const isThere =
      document.querySelector('main h1') !== null &&
      document.querySelector(content) !== null &&
      document.querySelector('main [class*=skeleton]') === null;
    if (isThere) figures.contentAtMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
