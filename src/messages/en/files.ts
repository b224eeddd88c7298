export const files = {
};
