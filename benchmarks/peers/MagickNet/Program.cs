// The same work with Magick.NET as most people write it: an image a task, Parallel.ForEachAsync, its defaults.
using ImageMagick;

var (workload, input, output) = (args[0], args[1], args[2]);
(string Ending, Action<MagickImage> Apply)[] operations = workload switch
{
    "experiment" =>
    [
        ("-resize.png", image => image.Resize(800, 600)),
        ("-blur.png", image => image.Blur(0, 5)),
        ("-grayscale.png", image => image.Grayscale()),
        ("-sharpen.png", image => image.Sharpen()),
        ("-rotate.png", image => image.Rotate(90)),
        ("-tint.png", image => image.Tint(new MagickGeometry(new Percentage(100), new Percentage(100)), new MagickColor("#ff6432"))),
    ],
    "photographs" => [(".jpg", image => FitAt80(image, new MagickGeometry(1600, 1600) { Greater = true }))],
    "responsive" => [.. new uint[] { 480, 1024, 1920 }.Select(width => ($"-{width}.jpg", (Action<MagickImage>)(image => StripTo(image, width))))],
    "icons" => [(".png", image => Fit(image, new MagickGeometry(128, 128)))],
    "one" => [(".jpg", image => FitAt80(image, new MagickGeometry(800, 0)))],
    _ => throw new ArgumentException($"unknown workload: {workload}"),
};

Directory.CreateDirectory(output);
var files = File.Exists(input) ? [input] : Directory.GetFiles(input);
var tasks = from file in files from operation in operations select (file, operation);
await Parallel.ForEachAsync(tasks, (task, _) =>
{
    using var image = new MagickImage(task.file);
    task.operation.Apply(image);
    image.Write(Path.Combine(output, Path.GetFileNameWithoutExtension(task.file) + task.operation.Ending));
    return ValueTask.CompletedTask;
});

static void Fit(MagickImage image, MagickGeometry size)
{
    image.AutoOrient();
    image.Resize(size);
}

static void StripTo(MagickImage image, uint width)
{
    FitAt80(image, new MagickGeometry(width, 0));
    image.Strip();
    image.Settings.SetDefine(MagickFormat.Jpeg, "sampling-factor", "4:2:0"); // otherwise as the source has it
}

static void FitAt80(MagickImage image, MagickGeometry size)
{
    Fit(image, size);
    image.Quality = 80;
}
