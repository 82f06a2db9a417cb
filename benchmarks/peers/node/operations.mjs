// The article's six operations, as sharp has them.
export const operations = {
  resize: (image) => image.resize(800, 600),
  blur: (image) => image.blur(5),
  grayscale: (image) => image.grayscale(),
  sharpen: (image) => image.sharpen(),
  rotate: (image) => image.rotate(90),
  tint: (image) => image.tint({ r: 255, g: 100, b: 50 }),
}
