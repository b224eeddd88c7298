import type { Viewport } from './viewport.svelte';

/** A pointer that moves less than this, in pixels, between down and up means a click. */
const clickSlack = 5;
/** A notch of a mouse wheel is about 100. */
const wheelZoom = 0.0022;
const lineHeight = 16;

interface Options {
  readonly viewport: Viewport;
  readonly onClick: (x: number, y: number, event: PointerEvent) => void;
  readonly onHover: (x: number, y: number) => void;
  readonly onLeave: () => void;
}

/**
 * Dragging, pinching and the wheel, for mouse, pen, touch and trackpad alike. An attachment of Svelte.
 *
 * With d3-zoom half of it would stay (a wheel that moves, what counts as a pinch on a trackpad, hovering), the view would
 * be held twice, here and at the element, and the graph's code would grow from 16 to 28 kB gzipped.
 */
export function gestures({ viewport, onClick, onHover, onLeave }: Options): (element: HTMLElement) => () => void {
  return (element) => {
    const pointers = new Map<number, { x: number; y: number }>();
    let moved = 0;
    let several = false;
    const place = (event: MouseEvent): { x: number; y: number } => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };

    const down = (event: PointerEvent): void => {
      if (event.button > 1) return;
      element.setPointerCapture(event.pointerId);
      if (pointers.size === 0) {
        moved = 0;
        several = false;
      }
      pointers.set(event.pointerId, place(event));
      several ||= pointers.size > 1;
    };
    const move = (event: PointerEvent): void => {
      const at = place(event);
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType !== 'touch') onHover(at.x, at.y);
        return;
      }
      const [one, other] = [...pointers.values()];
      moved += Math.hypot(at.x - before.x, at.y - before.y);
      if (one !== undefined && other !== undefined && pointers.size === 2) {
        const fixed = before === one ? other : one;
        const distance = Math.hypot(before.x - fixed.x, before.y - fixed.y);
        const now = Math.hypot(at.x - fixed.x, at.y - fixed.y);
        viewport.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
        if (distance > 0) viewport.zoomAt(now / distance, (at.x + fixed.x) / 2, (at.y + fixed.y) / 2);
      } else if (moved > clickSlack) {
        viewport.pan(at.x - before.x, at.y - before.y);
      }
      pointers.set(event.pointerId, at);
    };
    const up = (event: PointerEvent): void => {
      if (!pointers.delete(event.pointerId)) return;
      const at = place(event);
      if (event.type === 'pointerup' && !several && moved <= clickSlack && event.button === 0) onClick(at.x, at.y, event);
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? viewport.height : 1;
      const at = place(event);
      // A pinch on a trackpad arrives as a wheel with the control key and small steps.
      if (event.ctrlKey || event.metaKey) viewport.zoomAt(Math.exp(-event.deltaY * unit * (Math.abs(event.deltaY) < 30 ? 4 : 1) * wheelZoom), at.x, at.y);
      else if (event.shiftKey && event.deltaX === 0) viewport.pan(-event.deltaY * unit, 0);
      else viewport.pan(-event.deltaX * unit, -event.deltaY * unit);
    };

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', onLeave);
    // Not passive: the page must not scroll or zoom as well.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', onLeave);
      element.removeEventListener('wheel', wheel);
    };
  };
}
