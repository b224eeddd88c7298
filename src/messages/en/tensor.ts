export const tensor = {
};
