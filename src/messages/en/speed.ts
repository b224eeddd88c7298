export const speed = {
};
