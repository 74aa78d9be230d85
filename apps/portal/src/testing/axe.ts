import axe from 'axe-core';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, as `rule: elements`. A page gets axe once. */
export async function axeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const loaded = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await loaded.run({
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }, rules);
}

/** Elements that are wider than their box, and a page that scrolls sideways. */
export function wideElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolls = scrollWidth > clientWidth ? [`the page: ${scrollWidth} in ${clientWidth}`] : [];
    const wide = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      if (element.closest('.visually-hidden, svg, option, [data-scrolls]') || element.clientWidth <= 1)
        return false;
      return (
        element.scrollWidth > element.clientWidth + 1 &&
        !['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
      );
    });
    return [
      ...scrolls,
      ...wide.map(
        (element) => `${element.scrollWidth} in ${element.clientWidth}: ${element.outerHTML.slice(0, 150)}`,
      ),
    ];
  });
}
