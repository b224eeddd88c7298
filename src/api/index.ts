/** The room's door: what the page, the command line, the tests and embedders import. */
export { createLitescope } from './litescope';
export type * from './types';
