/** Whoever opens a model does so soon after the page has come, and is not to be slowed down. A page without isolation has a reload before it, the sooner the better. */
const patience_ms = { isolated: 2000, other: 0 } as const;

/** Begins something once the page has loaded and was left alone for a while. @returns ends the waiting */
export function atLeisure(begin: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => { timer = setTimeout(begin, crossOriginIsolated ? patience_ms.isolated : patience_ms.other); };
  if (document.readyState === 'complete') wait();
  else window.addEventListener('load', wait);
  return () => {
    window.removeEventListener('load', wait);
    clearTimeout(timer);
  };
}
