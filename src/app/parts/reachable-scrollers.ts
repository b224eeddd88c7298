/** What may scroll by itself: tables that are wider or longer than their place. */
const scrollers = '.scroll, .framed';
const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]';

/**
 * Lets the Tab key reach what scrolls by itself and holds nothing else that it reaches, so that arrow keys can scroll it: not
 * every browser does that by itself. An attachment for what holds all of them.
 */
export function reachableScrollers(page: HTMLElement): () => void {
  const watched = new Set<Element>();
  const sizes = new ResizeObserver((entries) => { for (const { target } of entries) look(target.matches(scrollers) ? target : target.parentElement); });

  function look(scroller: Element | null): void {
    if (!(scroller instanceof HTMLElement)) return;
    const scrolls = scroller.scrollWidth > scroller.clientWidth || scroller.scrollHeight > scroller.clientHeight;
    if (scrolls && scroller.querySelector(reachable) === null) scroller.tabIndex = 0;
    else scroller.removeAttribute('tabindex');
  }

  function watch(): void {
    for (const gone of watched) {
      if (gone.isConnected) continue;
      sizes.unobserve(gone);
      watched.delete(gone);
    }
    for (const scroller of page.querySelectorAll(scrollers)) {
      // What is in it may grow while it itself stays as it is.
      for (const each of [scroller, ...scroller.children]) {
        if (watched.has(each)) continue;
        watched.add(each);
        sizes.observe(each);
      }
    }
  }

  const changes = new MutationObserver(watch);
  changes.observe(page, { childList: true, subtree: true });
  watch();
  return () => {
    changes.disconnect();
    sizes.disconnect();
  };
}
