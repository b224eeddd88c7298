/** The address of the script that sessions run in, as the build names it. */
export const sessionWorker = /\/session\.worker-[\w-]+\.js$/;
