export const gallery = {
};
