export const rewrite = {
};
