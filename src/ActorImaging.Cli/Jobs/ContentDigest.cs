using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ActorImaging.Imaging;

namespace ActorImaging.Cli.Jobs;

/// <summary>XXH128 digests: of contents, to tell whether they changed, and of texts, to look them up. Not against forgery.</summary>
internal static class ContentDigest
{
    /// <summary>The digest of a text.</summary>
    public static UInt128 Of(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest of a file.</summary>
    /// <returns>Null when it can't be read.</returns>
    public static UInt128? OfFile(string path)
    {
        try
        {
            using var file = SourceFile.Open(path);
            return OfStream(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UnsupportedImageException)
        {
            return null;
        }
    }

    /// <summary>The digest of a stream from its beginning.</summary>
    public static UInt128 OfStream(Stream stream)
    {
        var hash = new XxHash128();
        stream.Position = 0;
        hash.Append(stream);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>A digest as records have it.</summary>
    public static string Format(UInt128 digest) => digest.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads a digest of a record; zero, which stands for none, where there is none.</summary>
    public static UInt128 Parse(string? text) =>
        UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digest) ? digest : default;
}
