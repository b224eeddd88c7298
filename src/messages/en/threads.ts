export const threads = {
};
