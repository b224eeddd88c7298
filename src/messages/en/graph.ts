export const graph = {
};
