export const reportFindings = {
};
