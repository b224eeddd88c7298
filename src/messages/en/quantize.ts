export const quantize = {
};
