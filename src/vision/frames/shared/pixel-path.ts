/** How the pixels of a frame were read: its own format without a detour, or over a canvas. */
export type PixelPath = 'I420' | 'NV12' | 'RGBA' | 'BGRA' | 'canvas';
