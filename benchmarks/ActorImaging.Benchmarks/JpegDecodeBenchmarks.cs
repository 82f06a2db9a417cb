using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Tasks;
using BenchmarkDotNet.Attributes;

namespace ActorImaging.Benchmarks;

/// <summary>A JPEG of 12 megapixels decoded from memory, at its size and at fractions of it, on one thread.</summary>
[ShortRunJob]
[HideColumns("Error", "StdDev", "RatioSD")]
[WithTurboJpeg]
public class JpegDecodeBenchmarks
{
    private byte[] _jpeg = null!;

    /// <summary>So many pixels become one in either direction.</summary>
    [Params(1, 2, 4, 8)]
    public int ShrinkBy { get; set; }

    /// <summary>Takes the file.</summary>
    [GlobalSetup]
    public void Take() => _jpeg = Pictures.Photograph();

    [Benchmark(Baseline = true)]
    public void Magick() => Pictures.Shrunk(_jpeg, ShrinkBy).Dispose();

    [Benchmark]
    public void Own()
    {
        using var source = new MemoryStream(_jpeg);
        var jpeg = (JpegContainer)ImageContainer.Open(source, FramePolicy.First, new ImageLimits());
        using var data = jpeg.OpenFrame(0);
        new JpegReader(jpeg.FrameHeader!, ShrinkBy).Read(data, []).Dispose();
    }

    [Benchmark]
    public void Turbo() => TurboJpeg.Decode(_jpeg, ShrinkBy).Dispose();
}
