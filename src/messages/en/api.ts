export const api = {
};
