using ActorImaging.Imaging;
using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using BenchmarkDotNet.Attributes;
using ImageMagick;

namespace ActorImaging.Benchmarks;

/// <summary>A photograph of 1600x1200 pixels written as JPEG of quality 80 with 4:2:0, on one thread.</summary>
[ShortRunJob]
[HideColumns("Error", "StdDev", "RatioSD")]
[WithTurboJpeg]
public class JpegEncodeBenchmarks
{
    private const int QualityPercent = 80;

    private PixelBuffer _pixels = null!;
    private MagickImage _image = null!;

    /// <summary>Makes the picture.</summary>
    [GlobalSetup(Targets = [nameof(Magick), nameof(Own), nameof(Turbo)])]
    public void Take()
    {
        _pixels = Pictures.Photograph(1600, 1200);
        _image = Pictures.ToMagick(_pixels);
        _image.Quality = QualityPercent;
        _image.Settings.SetDefine("jpeg:sampling-factor", "4:2:0");
    }

    /// <summary>The same, for codes of the file's own.</summary>
    [GlobalSetup(Target = nameof(TurboWithOwnCodes))]
    public void TakeAndOptimize()
    {
        Take();
        TurboJpeg.OptimizeCodes();
    }

    /// <summary>Gives it back.</summary>
    [GlobalCleanup]
    public void Release()
    {
        _image.Dispose();
        _pixels.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Magick() => _image.Write(Stream.Null, MagickFormat.Jpeg);

    [Benchmark]
    public void Own()
    {
        using var rows = new Crop(_pixels, 0, 0, _pixels.WidthPixels, _pixels.HeightPixels);
        using var bands = PixelBands.Colour(rows, ChromaSubsampling.Quarter, QualityPercent);
        JpegWriter.Write(bands, ImageMetadata.None, Stream.Null);
    }

    /// <summary>With the standard's Huffman codes, as it does by default: the file is larger than the others.</summary>
    [Benchmark]
    public long Turbo() => TurboJpeg.Encode(_pixels, QualityPercent);

    /// <summary>With the shortest Huffman codes of the file, as the others have them.</summary>
    [Benchmark]
    public long TurboWithOwnCodes() => TurboJpeg.Encode(_pixels, QualityPercent);
}
