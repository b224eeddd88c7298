export const start = {
};
