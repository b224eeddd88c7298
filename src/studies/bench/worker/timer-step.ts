/** The smallest step of the clock that is seen, in milliseconds: browsers make their clocks coarse. */
export function timerStep(): number {
  let least = Infinity;
  for (let observed = 0; observed < 10; observed++) {
    const from = performance.now();
    let to = from;
    while (to === from) to = performance.now();
    least = Math.min(least, to - from);
  }
  return least;
}
