/** What a finger has to hit. */
import type { Page } from '@playwright/test';

/**
 * Looks at the page as a touch screen of this width shows it, and puts it back as it was.
 * @param width in CSS pixels
 */
export async function onTouchScreen<Result>(page: Page, width: number, look: () => Promise<Result>): Promise<Result> {
  const before = page.viewportSize();
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
    await page.setViewportSize({ width, height: 844 });
    await page.waitForFunction(() => matchMedia('(pointer: coarse)').matches);
    return await look();
  } finally {
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: false });
    if (before !== null) await page.setViewportSize(before);
    await session.detach();
  }
}

/** How many there are of what can be tapped, and those that are lower or narrower than `least` pixels. A link in the midst of text is as high as its line. */
export function tooSmall(page: Page, least: number): Promise<{ readonly targets: number; readonly small: readonly string[] }> {
  return page.evaluate(async (least) => {
    // What follows the window's size is laid out with the next frame.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    if (!matchMedia('(pointer: coarse)').matches) throw new Error('This is no touch screen.');
    const tapped = 'a[href], button, input, select, textarea, summary, [role=row][aria-selected], [tabindex="0"]';
    /** A field is tapped by its label, too, and a visually hidden one by that alone. */
    const areaOf = (element: Element): Element => (element instanceof HTMLInputElement && /^(?:checkbox|radio|file)$/.test(element.type) ? element.labels?.[0] ?? element : element);
    const inText = (element: Element): boolean => {
      const text = element.closest('p');
      return element.matches('a, button.link') && text !== null && text.textContent.trim() !== element.textContent.trim();
    };
    const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).pointerEvents !== 'none' && (!element.matches('.visually-hidden, .shown-on-focus') || areaOf(element) !== element);
    const targets = [...document.querySelectorAll(tapped)].filter((element) => shown(element) && !inText(element));
    return {
      targets: targets.length,
      small: [...new Set(targets.flatMap((element) => {
        const { width, height } = areaOf(element).getBoundingClientRect();
        // Fractions of a pixel are the layout's.
        if (width >= least - 0.1 && height >= least - 0.1) return [];
        return [`${element.tagName.toLowerCase()}.${element.className} ${element.getAttribute('data-testid') ?? ''} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}” ${width.toFixed(0)} × ${height.toFixed(0)}`];
      }))],
    };
  }, least);
}
