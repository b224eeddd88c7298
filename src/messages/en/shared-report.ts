export const sharedReport = {
};
