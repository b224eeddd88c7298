export const result = {
};
