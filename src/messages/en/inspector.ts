export const inspector = {
};
