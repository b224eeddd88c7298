export const parts = {
};
