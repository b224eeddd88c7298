export const frame = {
};
