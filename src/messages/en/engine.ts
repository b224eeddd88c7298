export const engine = {
};
