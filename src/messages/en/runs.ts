export const runs = {
};
