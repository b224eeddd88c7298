export const crossCheck = {
};
