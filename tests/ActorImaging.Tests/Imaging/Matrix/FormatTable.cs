using ActorImaging.Tasks;

namespace ActorImaging.Tests.Imaging.Matrix;

/// <summary>The table of docs/formats.md that says what is kept of what in which format.</summary>
internal static class FormatTable
{
    private static readonly string[] Names = ["PNG", "JPEG", "WebP", "GIF", "TIFF", "BMP", "AVIF", "JPEG XL"];

    private static readonly Dictionary<string, string[]> Rows = Read();

    /// <summary>The formats that are written.</summary>
    public static IReadOnlyList<ImageFormat> Written { get; } =
        [.. Names.Select(name => Enum.GetValues<ImageFormat>().Single(format => ImageFormats.NameOf(format) == name))];

    /// <summary>What a cell says, without its footnote.</summary>
    public static string Cell(string row, ImageFormat format) => Rows[row][Array.IndexOf(Names, ImageFormats.NameOf(format))];

    private static Dictionary<string, string[]> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "formats.md"));
        var start = Array.FindIndex(lines, line => CellsOf(line) is ["", ..] cells && cells.Skip(1).SequenceEqual(Names));
        return lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(CellsOf).ToDictionary(cells => cells[0], cells => cells[1..]);
    }

    private static string[] CellsOf(string line) => [.. line.Split('|').Skip(1).SkipLast(1).Select(cell => cell.Trim().TrimEnd('¹', '²', '³', '⁴').Trim())];
}
