export const live = {
};
