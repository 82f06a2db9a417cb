using System.Collections.Immutable;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The header of a frame that our own reader decodes.</summary>
/// <param name="Size">Columns and rows.</param>
/// <param name="IsProgressive">Whether its coefficients come in scans that refine each other.</param>
/// <param name="Components">One or three components, each coded in full or at a whole fraction of it.</param>
internal sealed record JpegFrameHeader(PixelSize Size, bool IsProgressive, ImmutableArray<JpegComponent> Components)
{
    /// <summary>Columns and rows of a block.</summary>
    public const int BlockSamples = 8;

    /// <summary>The most blocks that an MCU has.</summary>
    public const int MostBlocks = 10;

    private const int PrefixBytes = 6;
    private const int ComponentBytes = 3;
    private const int MostSampling = 4;
    private const int Tables = 4;

    /// <summary>Of all components, the most blocks side by side in an MCU.</summary>
    public int MostAcross { get; } = Components.Max(component => component.Across);

    /// <summary>Of all components, the most blocks one above the other in an MCU.</summary>
    public int MostDown { get; } = Components.Max(component => component.Down);

    /// <summary>Whether it has three components, and none is sampled more finely than the first.</summary>
    public bool IsFinestFirst => Components is [{ } first, _, _] && first.Across == MostAcross && first.Down == MostDown;

    /// <summary>MCUs side by side.</summary>
    public int McusAcross => DivideUp(Size.WidthPixels, BlockSamples * MostAcross);

    /// <summary>Rows of MCUs.</summary>
    public int McusDown => DivideUp(Size.HeightPixels, BlockSamples * MostDown);

    /// <summary>Reads a header.</summary>
    /// <param name="marker">The marker that it begins with.</param>
    /// <param name="data">What is behind the marker and the length; its size was looked at before.</param>
    /// <returns>Null where our own reader does not decode what it says: that is for another one, which may say so.</returns>
    public static JpegFrameHeader? TryRead(byte marker, ReadOnlySpan<byte> data)
    {
        if (!JpegMarker.IsOfHuffman(marker) || data.Length < PrefixBytes || data[0] != 8 || data[5] is not (1 or 3)
            || data.Length != PrefixBytes + (ComponentBytes * data[5]))
        {
            return null;
        }

        var components = ImmutableArray.CreateBuilder<JpegComponent>(data[5]);
        for (var at = PrefixBytes; at < data.Length; at += ComponentBytes)
        {
            components.Add(new JpegComponent(data[at], data[at + 1] >> 4, data[at + 1] & 15, data[at + 2]));
        }

        var size = new PixelSize((data[3] << 8) | data[4], (data[1] << 8) | data[2]);
        return size.Pixels > 0 && components.All(IsPossible) && Normalise(components.MoveToImmutable()) is var normal && AreFractions(normal)
            ? new JpegFrameHeader(size, JpegMarker.IsProgressive(marker), normal)
            : null;
    }

    /// <summary>Blocks of a component side by side, those that only fill an MCU up left out.</summary>
    public int BlocksAcross(JpegComponent component) => DivideUp(Size.WidthPixels * component.Across, BlockSamples * MostAcross);

    /// <summary>Rows of blocks of a component, those that only fill an MCU up left out.</summary>
    public int BlocksDown(JpegComponent component) => DivideUp(Size.HeightPixels * component.Down, BlockSamples * MostDown);

    /// <summary>A quotient, rounded up.</summary>
    internal static int DivideUp(int dividend, int divisor) => (dividend + divisor - 1) / divisor;

    private static bool IsPossible(JpegComponent component) =>
        component is { Across: >= 1 and <= MostSampling, Down: >= 1 and <= MostSampling, Table: < Tables };

    /// <summary>A component alone has nothing to be sampled in relation to.</summary>
    private static ImmutableArray<JpegComponent> Normalise(ImmutableArray<JpegComponent> components) =>
        components.Length == 1 ? [components[0] with { Across = 1, Down = 1 }] : components;

    private static bool AreFractions(ImmutableArray<JpegComponent> components)
    {
        int across = components.Max(component => component.Across), down = components.Max(component => component.Down);
        return components.Sum(component => component.Blocks) <= MostBlocks
            && components.All(component => across % component.Across == 0 && down % component.Down == 0);
    }
}
