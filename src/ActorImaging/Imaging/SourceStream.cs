using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>Opens what a task reads, a file or not, as a stream that can seek.</summary>
internal static class SourceStream
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Opens a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="limits">How much is read of a stream that does not say how long it is.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnsupportedImageException">It is empty, or something else than a file.</exception>
    /// <exception cref="ImageLimitException">It is too long.</exception>
    public static Stream Open(ImageSource source, ImageLimits limits)
    {
        var stream = source.Content is { } content ? OpenContent(content, limits) : SourceFile.Open(source.Path);
        try
        {
            limits.RequireSourceBytes(stream.Length);
            return stream.Length > 0 ? stream : throw new UnsupportedImageException("is empty");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static Stream OpenContent(SourceContent content, ImageLimits limits)
    {
        var stream = content.Open();
        if (stream.CanSeek)
        {
            return stream;
        }

        using (stream)
        {
            return ReadAll(stream, limits);
        }
    }

    private static MemoryStream ReadAll(Stream stream, ImageLimits limits)
    {
        var all = new MemoryStream();
        var buffer = new byte[BufferBytes];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            limits.RequireSourceBytes(all.Length + read);
            all.Write(buffer, 0, read);
        }

        return all;
    }
}
