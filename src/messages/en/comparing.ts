export const comparing = {
};
