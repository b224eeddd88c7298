export const openedModel = {
};
