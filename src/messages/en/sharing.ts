export const sharing = {
};
