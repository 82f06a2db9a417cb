using System.Globalization;
using System.Text;
using ActorImaging.Imaging.Metadata;

namespace ActorImaging.Imaging.Png;

/// <summary>
/// The texts by which PNG carries what it has no chunk for, as ImageMagick began them and others read them: a name, a length, the bytes in
/// hexadecimal.
/// </summary>
internal static class PngRawProfile
{
    private const string Prefix = "Raw profile type ";
    private const int BytesPerLine = 36;

    /// <summary>Reads one; null where the text is another.</summary>
    public static (string Kind, byte[] Data)? TryRead(ImageText text)
    {
        if (!text.Keyword.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var lines = text.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length < 2 || !int.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        try
        {
            var data = Convert.FromHexString(string.Concat(lines[2..]));
            return data.Length == length ? (text.Keyword[Prefix.Length..], data) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes one.</summary>
    /// <param name="kind">What it is, such as iptc.</param>
    /// <param name="data">The bytes.</param>
    public static ImageText Write(string kind, ReadOnlyMemory<byte> data)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\n{kind}\n{data.Length,8}\n");
        for (var at = 0; at < data.Length; at += BytesPerLine)
        {
            text.Append(Convert.ToHexStringLower(data.Span[at..Math.Min(data.Length, at + BytesPerLine)])).Append('\n');
        }

        return new ImageText(Prefix + kind, text.ToString());
    }
}
