export const share = {
};
