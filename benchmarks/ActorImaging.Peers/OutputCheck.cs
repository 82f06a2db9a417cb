using ImageMagick;

namespace ActorImaging.Peers;

/// <summary>Whether programs made the same pictures: every output is there, and some are compared with what ImageMagick makes.</summary>
internal sealed class OutputCheck
{
    private const int MaxLevel = 255;
    private const int DecibelsPerTenfold = 20; // of an amplitude

    private readonly Workload _workload;
    private readonly IReadOnlyList<string> _files;
    private readonly IReadOnlyList<(string File, Variant Variant, byte[] Expected)> _samples;

    /// <summary>Makes what is compared with.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="samples">Of how many of them outputs are compared.</param>
    public OutputCheck(Workload workload, string folder, int samples)
    {
        _workload = workload;
        _files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        var count = Math.Min(samples, _files.Count);
        _samples = (
            from file in Enumerable.Range(0, count).Select(sample => _files[sample * _files.Count / count])
            from variant in workload.Variants
            select (file, variant)).AsParallel().Select(sample => (sample.file, sample.variant, Expect(sample.file, sample.variant))).ToList();
    }

    /// <summary>Looks at what a program made.</summary>
    /// <param name="peer">The program.</param>
    /// <param name="outputs">The folder that it wrote to.</param>
    /// <exception cref="InvalidOperationException">An output is missing, or has another size.</exception>
    public OutputReport Check(Peer peer, string outputs)
    {
        var variants = _workload.Variants.Where(variant => variant.Name != peer.Lacks || variant.Name.Length == 0).ToList();
        var paths = (from file in _files from variant in variants select PathOf(outputs, file, variant)).ToList();
        return paths.Find(path => !File.Exists(path)) is { } missing
            ? throw new InvalidOperationException($"{peer.Name}: no output {missing}")
            : new OutputReport(paths.Count, variants.ToDictionary(variant => variant.Name, variant => Look(outputs, variant)));
    }

    private VariantReport Look(string outputs, Variant variant)
    {
        var differences = _samples.Where(sample => sample.Variant == variant).Select(sample => Difference(PathOf(outputs, sample.File, variant), sample.Expected)).ToList();
        return new VariantReport(
            _files.Sum(file => new FileInfo(PathOf(outputs, file, variant)).Length),
            differences.Average(),
            differences.Average(difference => DecibelsPerTenfold * Math.Log10(MaxLevel / difference)));
    }

    private static byte[] Expect(string file, Variant variant)
    {
        using var image = new MagickImage(file);
        image.AutoOrient();
        variant.Apply(image);
        return image.ToByteArray(MagickFormat.Miff);
    }

    private static double Difference(string path, byte[] expected)
    {
        using var wanted = new MagickImage(expected);
        using var made = new MagickImage(path);
        if ((made.Width, made.Height) != (wanted.Width, wanted.Height))
        {
            throw new InvalidOperationException($"{path}: {made.Width}x{made.Height} instead of {wanted.Width}x{wanted.Height}");
        }

        LayOnWhite(wanted);
        LayOnWhite(made);
        return wanted.Compare(made, ErrorMetric.RootMeanSquared) * MaxLevel;
    }

    /// <summary>The colour of what is transparent makes no difference to who looks at it.</summary>
    private static void LayOnWhite(MagickImage image)
    {
        image.ColorSpace = ColorSpace.sRGB;
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
    }

    /// <summary>Programs that can't name outputs have a folder for each operation.</summary>
    private string PathOf(string outputs, string file, Variant variant)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var folder = Path.Combine(outputs, variant.Name);
        return variant.Name.Length == 0 || Directory.Exists(folder)
            ? Path.Combine(folder, name + _workload.Extension)
            : Path.Combine(outputs, $"{name}-{variant.Name}{_workload.Extension}");
    }
}

/// <summary>What a program made.</summary>
/// <param name="Files">Outputs.</param>
/// <param name="Of">Each variant's.</param>
internal sealed record OutputReport(int Files, IReadOnlyDictionary<string, VariantReport> Of)
{
    /// <summary>Bytes of all outputs.</summary>
    public long Bytes => Of.Values.Sum(variant => variant.Bytes);

    /// <summary>The variants' mean.</summary>
    public double Difference => Of.Values.Average(variant => variant.Difference);

    /// <summary>The variants' mean.</summary>
    public double Psnr => Of.Values.Average(variant => variant.Psnr);
}

/// <summary>A variant of all files.</summary>
/// <param name="Bytes">Of its outputs.</param>
/// <param name="Difference">The root of the mean square of differences from ImageMagick's result, in levels of 255, its mean over files.</param>
/// <param name="Psnr">The same as a ratio of peak signal to noise, in decibels, its mean over files; without bound where nothing is lost.</param>
internal sealed record VariantReport(long Bytes, double Difference, double Psnr);
