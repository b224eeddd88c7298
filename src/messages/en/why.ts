export const why = {
};
