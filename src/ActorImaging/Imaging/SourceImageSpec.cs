using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>One of the article's source pictures: noise tinted with a colour, the same pixels on every machine.</summary>
/// <param name="Name">The colour's name, and a number from the second picture of that colour on.</param>
/// <param name="Tint">The colour.</param>
/// <param name="Seed">What the noise starts from.</param>
internal sealed record SourceImageSpec(string Name, RgbColor Tint, ulong Seed)
{
    private static readonly (string Name, RgbColor Tint)[] Colors =
    [
        ("crimson", new RgbColor(220, 20, 60)),
        ("ocean", new RgbColor(0, 105, 148)),
        ("forest", new RgbColor(34, 139, 34)),
        ("sunset", new RgbColor(255, 140, 0)),
    ];

    /// <summary>The first pictures: crimson, ocean, forest, sunset, crimson-2, and so on.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<SourceImageSpec> First(int count) => [.. Enumerable.Range(0, count).Select(Create)];

    private static SourceImageSpec Create(int index)
    {
        var (name, tint) = Colors[index % Colors.Length];
        var repetition = index / Colors.Length;
        return new SourceImageSpec(
            repetition == 0 ? name : FormattableString.Invariant($"{name}-{repetition + 1}"), tint, (ulong)index + 1);
    }
}
