/** The bitmap is moved into the canvas; without one it is closed, or its memory would wait for the collector. */
export function putPicture(context: ImageBitmapRenderingContext | null, picture: ImageBitmap): void {
  if (context === null) {
    picture.close();
    return;
  }
  const { canvas } = context;
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  context.transferFromImageBitmap(picture);
}
