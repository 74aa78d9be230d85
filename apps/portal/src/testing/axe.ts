import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, as `rule: elements`. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
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
