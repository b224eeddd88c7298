export const threadsView = {
};
