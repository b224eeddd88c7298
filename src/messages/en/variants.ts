export const variants = {
};
