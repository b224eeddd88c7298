export const inspect = {
};
