export const vision = {
};
