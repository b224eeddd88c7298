export const wording = {
};
