export const commandLine = {
};
