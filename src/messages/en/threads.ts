/** Why a worker is gone. */
export const threads = {
  unreadableMessage: 'A message could not be read.',
  partNotLoaded: 'A part of this page could not be loaded.',
  noReason: 'The worker gave no reason.',
  noSignOfLife: (seconds: number) => `No sign of life for ${seconds} s.`,
};
