/** What stands in the place of a number, and units that are words. */
export const numbers = {
  equal: 'equal',
  free: 'free',
  scalar: 'scalar',
  seconds: (seconds: number) => `${seconds} s`,
  minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
};
