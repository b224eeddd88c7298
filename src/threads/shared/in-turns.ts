/** How long one task may go on before others get their turn, in milliseconds. */
const turn_ms = 8;

/** A turn of the event loop; timers would be held back to 4 ms each after some. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Makes many things of which each is quickly made, and lets others work in between. */
export async function makeInTurns<T>(count: number, make: (index: number) => T): Promise<T[]> {
  const made: T[] = [];
  let begun = performance.now();
  for (let index = 0; index < count; index++) {
    if (performance.now() - begun > turn_ms) {
      await nextTurn();
      begun = performance.now();
    }
    made.push(make(index));
  }
  return made;
}
