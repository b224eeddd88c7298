export const offline = {
};
