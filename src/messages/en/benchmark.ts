export const benchmark = {
};
