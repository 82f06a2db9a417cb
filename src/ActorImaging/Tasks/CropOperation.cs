using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>
/// Cuts a rectangle out: <c>crop:800x600</c> around the centre, <c>crop:800x600@north</c> by gravity, <c>crop:800x600@10:20</c> from a
/// point. What lies outside the image is left away, so that a result may be smaller, but never empty.
/// </summary>
public sealed record CropOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "crop";

    private const string Expected =
        "WIDTHxHEIGHT in pixels, each from 1 to 65535, such as 800x600, then @ and center, north, northeast, ..., or a point X:Y from the top left";

    /// <summary>Cuts by gravity.</summary>
    /// <param name="widthPixels">Columns, from 1 to <see cref="ResizeOperation.MaxSidePixels"/>.</param>
    /// <param name="heightPixels">Rows, likewise.</param>
    /// <param name="gravity">Where the rectangle lies.</param>
    /// <exception cref="InvalidImageOperationException">A side is out of range.</exception>
    public CropOperation(int widthPixels, int heightPixels, Gravity gravity = Gravity.Center)
        : this(new PixelSize(widthPixels, heightPixels)) => Gravity = gravity;

    /// <summary>Cuts from a point.</summary>
    /// <param name="widthPixels">Columns, from 1 to <see cref="ResizeOperation.MaxSidePixels"/>.</param>
    /// <param name="heightPixels">Rows, likewise.</param>
    /// <param name="leftPixels">Columns left of the rectangle, from 0 to <see cref="ResizeOperation.MaxSidePixels"/>.</param>
    /// <param name="topPixels">Rows above it, likewise.</param>
    /// <exception cref="InvalidImageOperationException">A number is out of range.</exception>
    public CropOperation(int widthPixels, int heightPixels, int leftPixels, int topPixels)
        : this(new PixelSize(widthPixels, heightPixels))
    {
        Point = (leftPixels, topPixels);
        if (leftPixels is < 0 or > ResizeOperation.MaxSidePixels || topPixels is < 0 or > ResizeOperation.MaxSidePixels)
        {
            throw InvalidImageOperationException.Expected(Word, Expected, ToString()[(Word.Length + 1)..]);
        }
    }

    private CropOperation(PixelSize size)
    {
        Size = size;
        if (size.WidthPixels is < 1 or > ResizeOperation.MaxSidePixels || size.HeightPixels is < 1 or > ResizeOperation.MaxSidePixels)
        {
            throw InvalidImageOperationException.Expected(Word, Expected, size.ToString());
        }
    }

    /// <summary>The size of the rectangle.</summary>
    public PixelSize Size { get; }

    /// <summary>Where it lies, unless a point is given.</summary>
    public Gravity Gravity { get; }

    /// <summary>Its top left corner, or null when gravity decides.</summary>
    public (int LeftPixels, int TopPixels)? Point { get; }

    /// <inheritdoc />
    public override string Name => Word;

    /// <summary>The rectangle within a source.</summary>
    /// <param name="source">The source's size.</param>
    /// <returns>The top left corner and the size, which lies within the source; empty when the point lies outside it.</returns>
    public (int LeftPixels, int TopPixels, PixelSize Size) RectangleIn(PixelSize source)
    {
        var (left, top) = Point ?? (
            Place(source.WidthPixels, Size.WidthPixels, Horizontal()), Place(source.HeightPixels, Size.HeightPixels, Vertical()));
        return (left, top, new PixelSize(
            Math.Clamp(source.WidthPixels - left, 0, Size.WidthPixels), Math.Clamp(source.HeightPixels - top, 0, Size.HeightPixels)));
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var place = Point is { } point
            ? string.Create(CultureInfo.InvariantCulture, $"@{point.LeftPixels}:{point.TopPixels}")
            : Gravity == Gravity.Center ? string.Empty : $"@{WordOf(Gravity)}";
        return $"{Word}:{Size}{place}";
    }

    internal static CropOperation Parse(string parameters)
    {
        var parts = parameters.Split('@');
        if (parts.Length <= 2 && TryParsePair(parts[0], 'x', out var width, out var height))
        {
            if (parts.Length == 1)
            {
                return new CropOperation(width, height);
            }

            if (TryParsePair(parts[1], ':', out var left, out var top))
            {
                return new CropOperation(width, height, left, top);
            }

            if (TryParseGravity(parts[1], out var gravity))
            {
                return new CropOperation(width, height, gravity);
            }
        }

        throw InvalidImageOperationException.Expected(Word, Expected, parameters);
    }

    private static bool TryParsePair(string text, char separator, out int first, out int second)
    {
        (first, second) = (0, 0);
        var parts = text.Split(separator);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out second);
    }

    private static bool TryParseGravity(string word, out Gravity gravity)
    {
        var known = Enum.GetValues<Gravity>().Where(candidate => WordOf(candidate) == word).ToArray();
        gravity = known.FirstOrDefault();
        return known.Length == 1;
    }

    private static string WordOf(Gravity gravity) => gravity.ToString().ToLowerInvariant();

    private double Horizontal() => Gravity switch
    {
        Gravity.Northwest or Gravity.West or Gravity.Southwest => 0,
        Gravity.Northeast or Gravity.East or Gravity.Southeast => 1,
        _ => 0.5,
    };

    private double Vertical() => Gravity switch
    {
        Gravity.Northwest or Gravity.North or Gravity.Northeast => 0,
        Gravity.Southwest or Gravity.South or Gravity.Southeast => 1,
        _ => 0.5,
    };

    private static int Place(int outer, int inner, double share) => (int)(Math.Max(0, outer - inner) * share);
}
