using ActorImaging.Imaging;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Imaging.Png;
using ActorImaging.Tasks;
using BenchmarkDotNet.Attributes;
using ImageMagick;

namespace ActorImaging.Benchmarks;

/// <summary>The PNG writer beside Magick.NET's, on one thread.</summary>
[ShortRunJob]
[HideColumns("Error", "StdDev", "RatioSD")]
public class PngBenchmarks
{
    private PixelBuffer _pixels = null!;
    private MagickImage _image = null!;

    /// <summary>What is in the picture.</summary>
    [Params("noise", "blurred", "drawn")]
    public string Content { get; set; } = string.Empty;

    /// <summary>Makes the picture.</summary>
    [GlobalSetup]
    public void Draw()
    {
        _pixels = Content switch
        {
            "noise" => Pictures.Noise(2000, 1500),
            "blurred" => Pictures.Blurred(2000, 1500),
            _ => Pictures.Drawn(2000, 1500),
        };
        _image = Pictures.ToMagick(_pixels);
    }

    /// <summary>Gives it back.</summary>
    [GlobalCleanup]
    public void Release()
    {
        _image.Dispose();
        _pixels.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Magick() => _image.Write(Stream.Null, MagickFormat.Png);

    [Benchmark]
    public void Fast() => Write(PngPreset.Fast);

    [Benchmark]
    public void Balanced() => Write(PngPreset.Balanced);

    private void Write(PngPreset preset) => PngWriter.Write(PngRows.From(_pixels), ImageMetadata.None, preset, Stream.Null);
}
