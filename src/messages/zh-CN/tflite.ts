import type { tflite as english } from '../en/tflite';
import type { Translation } from '../translation';

export const tflite: Translation<typeof english> = {
};
