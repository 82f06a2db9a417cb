using System.Globalization;

namespace ActorImaging.Tasks;

/// <summary>
/// Rotates clockwise. A multiple of 90 degrees moves pixels and changes none; any other angle resamples, and the corners that appear are
/// white.
/// </summary>
public sealed record RotateOperation : ImageOperation
{
    /// <summary>The word that starts the text form.</summary>
    public const string Word = "rotate";

    /// <summary>The largest angle either way, in degrees.</summary>
    public const double MaxAngleDegrees = 360;

    private const double Rounding = 1e-6; // of sines of right angles

    private const string Expected = "ANGLE in degrees clockwise, from -360 to 360, such as 90";

    /// <summary>Rotates clockwise by the given angle.</summary>
    /// <param name="angleDegrees">The angle in degrees, from -<see cref="MaxAngleDegrees"/> to <see cref="MaxAngleDegrees"/>.</param>
    /// <exception cref="InvalidImageOperationException">The angle is out of range.</exception>
    public RotateOperation(double angleDegrees)
    {
        if (!(Math.Abs(angleDegrees) <= MaxAngleDegrees))
        {
            throw InvalidImageOperationException.Expected(Word, Expected, angleDegrees.ToString(CultureInfo.InvariantCulture));
        }

        AngleDegrees = angleDegrees;
    }

    /// <summary>The angle clockwise, in degrees.</summary>
    public double AngleDegrees { get; }

    /// <summary>Whether it turns rows into columns and changes no pixel.</summary>
    internal bool IsQuarterTurn => AngleDegrees % 180 != 0 && AngleDegrees % 90 == 0;

    /// <summary>The least size that holds an image of the given size once it is turned.</summary>
    /// <param name="size">The size before.</param>
    public PixelSize BoundsOf(PixelSize size)
    {
        var (sine, cosine) = Math.SinCos(AngleDegrees * Math.PI / 180);
        return new PixelSize(Extent(cosine, sine), Extent(sine, cosine));

        int Extent(double ofWidth, double ofHeight) =>
            (int)Math.Ceiling((size.WidthPixels * Math.Abs(ofWidth)) + (size.HeightPixels * Math.Abs(ofHeight)) - Rounding);
    }

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word}:{AngleDegrees}");

    internal static RotateOperation Parse(string parameters) =>
        double.TryParse(parameters, NumberStyles.Float, CultureInfo.InvariantCulture, out var angle)
            ? new RotateOperation(angle)
            : throw InvalidImageOperationException.Expected(Word, Expected, parameters);
}
