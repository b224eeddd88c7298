export const tflite = {
};
