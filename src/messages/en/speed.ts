/** The parts of Speed. */
export const speed = {
  parts: 'Parts of Speed',
  titles: { benchmark: 'Distribution', ops: 'Ops', threads: 'Threads', roofline: 'Why slow' },
};
