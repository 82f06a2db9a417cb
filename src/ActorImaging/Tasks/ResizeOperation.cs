using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>
/// Resamples the image: to a size, with one side free, or by a percentage. Text form: <c>resize:800x600</c>, <c>resize:800x</c>,
/// <c>resize:x600</c>, <c>resize:50%</c>, each with <c>@inside</c>, <c>@cover</c> or <c>@contain</c> when both sides are given, and
/// <c>@no-upscale</c>.
/// </summary>
public sealed record ResizeOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "resize";

    /// <summary>The largest width or height, in pixels.</summary>
    public const int MaxSidePixels = 65_535;

    /// <summary>The largest percentage.</summary>
    public const double MaxPercent = 10_000;

    private const string Expected =
        "WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, or 800x, x600, 50%, then @inside, @cover, @contain or @no-upscale";

    /// <summary>Of what is cut before it is scaled, and never there as a whole, a side may be as long as this.</summary>
    private const int MostScaledPixels = 1 << 30;

    private const char PartSeparator = '@';
    private const string NoUpscale = "no-upscale";

    private static readonly (string Word, ResizeFit Fit)[] Fits =
        [("inside", ResizeFit.Inside), ("cover", ResizeFit.Cover), ("contain", ResizeFit.Contain)];

    /// <summary>Resamples to a size; a side that is null follows from the source's aspect ratio.</summary>
    /// <param name="widthPixels">Columns, from 1 to <see cref="MaxSidePixels"/>, or null.</param>
    /// <param name="heightPixels">Rows, from 1 to <see cref="MaxSidePixels"/>, or null.</param>
    /// <param name="fit">What becomes of the aspect ratio when both sides are given.</param>
    /// <param name="isUpscaleAllowed">Whether a smaller source is enlarged; if not, it stays as it is.</param>
    /// <exception cref="InvalidImageOperationException">A side is out of range, or none is given, or a fit goes with a free side.</exception>
    public ResizeOperation(int? widthPixels, int? heightPixels, ResizeFit fit = ResizeFit.Fill, bool isUpscaleAllowed = true)
    {
        WidthPixels = widthPixels;
        HeightPixels = heightPixels;
        Fit = fit;
        IsUpscaleAllowed = isUpscaleAllowed;
        var isOneFree = widthPixels is null || heightPixels is null;
        if (widthPixels is < 1 or > MaxSidePixels || heightPixels is < 1 or > MaxSidePixels
            || (widthPixels is null && heightPixels is null) || (isOneFree && fit != ResizeFit.Fill))
        {
            throw InvalidImageOperationException.Expected(Word, Expected, ToString()[(Word.Length + 1)..]);
        }
    }

    /// <summary>Resamples by a percentage.</summary>
    /// <param name="percent">Of each side, above 0 and at most <see cref="MaxPercent"/>.</param>
    /// <param name="isUpscaleAllowed">Whether more than 100 enlarges.</param>
    /// <exception cref="InvalidImageOperationException">The percentage is out of range.</exception>
    public ResizeOperation(double percent, bool isUpscaleAllowed = true)
    {
        Percent = percent;
        IsUpscaleAllowed = isUpscaleAllowed;
        if (!(percent is > 0 and <= MaxPercent))
        {
            throw InvalidImageOperationException.Expected(Word, Expected, ToString()[(Word.Length + 1)..]);
        }
    }

    /// <summary>Columns of the result; null when they follow from the rows or a percentage.</summary>
    public int? WidthPixels { get; }

    /// <summary>Rows of the result; null when they follow from the columns or a percentage.</summary>
    public int? HeightPixels { get; }

    /// <summary>Percentage of each side; null when a side is given.</summary>
    public double? Percent { get; }

    /// <summary>What becomes of the aspect ratio.</summary>
    public ResizeFit Fit { get; }

    /// <summary>Whether a smaller source is enlarged.</summary>
    public bool IsUpscaleAllowed { get; }

    /// <inheritdoc />
    public override string Name => Word;

    /// <summary>The size to which a source is scaled, before it is cut or padded to <see cref="SizeOf"/>.</summary>
    /// <param name="source">The source's size.</param>
    public PixelSize ScaledSizeOf(PixelSize source)
    {
        var wanted = Scale(source);
        var isLarger = wanted.WidthPixels > source.WidthPixels || wanted.HeightPixels > source.HeightPixels;
        return isLarger && !IsUpscaleAllowed ? source : wanted;
    }

    /// <summary>The size of the result.</summary>
    /// <param name="source">The source's size.</param>
    public PixelSize SizeOf(PixelSize source)
    {
        var scaled = ScaledSizeOf(source);
        return Fit switch
        {
            ResizeFit.Cover => new PixelSize(Math.Min(scaled.WidthPixels, WidthPixels!.Value), Math.Min(scaled.HeightPixels, HeightPixels!.Value)),
            ResizeFit.Contain => new PixelSize(WidthPixels!.Value, HeightPixels!.Value),
            _ => scaled,
        };
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var size = Percent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{percent}%")
            : string.Create(CultureInfo.InvariantCulture, $"{WidthPixels}x{HeightPixels}");
        var fit = Array.Find(Fits, candidate => candidate.Fit == Fit).Word;
        return $"{Word}:{size}{(fit is null ? string.Empty : PartSeparator + fit)}{(IsUpscaleAllowed ? string.Empty : PartSeparator + NoUpscale)}";
    }

    internal static ResizeOperation Parse(string parameters)
    {
        var parts = parameters.Split(PartSeparator);
        var isUpscaleAllowed = parts[^1] != NoUpscale;
        var words = parts[1..(isUpscaleAllowed ? parts.Length : parts.Length - 1)];
        var fit = ResizeFit.Fill;
        if (words.Length > 1 || (words.Length == 1 && !TryParseFit(words[0], out fit)))
        {
            throw InvalidImageOperationException.Expected(Word, Expected, parameters);
        }

        return Parse(parameters, parts[0], fit, isUpscaleAllowed);
    }

    private static ResizeOperation Parse(string parameters, string size, ResizeFit fit, bool isUpscaleAllowed)
    {
        if (size.EndsWith('%') && fit == ResizeFit.Fill
            && double.TryParse(size.AsSpan(0, size.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent))
        {
            return new ResizeOperation(percent, isUpscaleAllowed);
        }

        var sides = size.Split('x');
        return sides.Length == 2 && TryParseSide(sides[0], out var width) && TryParseSide(sides[1], out var height)
            ? new ResizeOperation(width, height, fit, isUpscaleAllowed)
            : throw InvalidImageOperationException.Expected(Word, Expected, parameters);
    }

    private static bool TryParseFit(string word, out ResizeFit fit)
    {
        var known = Array.Find(Fits, candidate => candidate.Word == word);
        fit = known.Fit;
        return known.Word is not null;
    }

    private static bool TryParseSide(string text, out int? pixels)
    {
        pixels = null;
        if (text.Length == 0)
        {
            return true;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        pixels = number;
        return isNumber;
    }

    private PixelSize Scale(PixelSize source)
    {
        if (Percent is { } percent)
        {
            return Scaled(source, percent / 100);
        }

        return (WidthPixels, HeightPixels) switch
        {
            ({ } width, { } height) => Scale(source, new PixelSize(width, height)),
            ({ } width, null) => Scaled(source, width / (double)source.WidthPixels) with { WidthPixels = width },
            (null, { } height) => Scaled(source, height / (double)source.HeightPixels) with { HeightPixels = height },
            _ => source,
        };
    }

    private PixelSize Scale(PixelSize source, PixelSize box)
    {
        var horizontal = box.WidthPixels / (double)source.WidthPixels;
        var vertical = box.HeightPixels / (double)source.HeightPixels;
        return Fit switch
        {
            ResizeFit.Cover => Scaled(source, Math.Max(horizontal, vertical), MostScaledPixels),
            ResizeFit.Inside or ResizeFit.Contain => Scaled(source, Math.Min(horizontal, vertical)),
            _ => box,
        };
    }

    private static PixelSize Scaled(PixelSize source, double factor, int mostPixels = MaxSidePixels) =>
        new(ScaledSide(source.WidthPixels, factor, mostPixels), ScaledSide(source.HeightPixels, factor, mostPixels));

    private static int ScaledSide(int side, double factor, int mostPixels) =>
        (int)Math.Clamp(Math.Round(side * factor, MidpointRounding.AwayFromZero), 1, mostPixels);
}
