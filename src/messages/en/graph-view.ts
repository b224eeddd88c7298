export const graphView = {
};
