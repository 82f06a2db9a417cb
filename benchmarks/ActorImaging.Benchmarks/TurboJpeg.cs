using System.Runtime.InteropServices;
using ActorImaging.Imaging;

namespace ActorImaging.Benchmarks;

/// <summary>libjpeg-turbo by its own interface (TurboJPEG 2.1), where Debian's libturbojpeg0 is installed: what everybody else is built on.</summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Rgb = 0; // TJPF_RGB
    private const int Quarter = 2; // TJSAMP_420
    private const int IntoOneBuffer = 1024; // TJFLAG_NOREALLOC
    private const int AccurateTransform = 4096; // TJFLAG_ACCURATEDCT

    /// <summary>Whether it can be loaded.</summary>
    public static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Decodes at a fraction of the size.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="shrinkBy">1, 2, 4 or 8.</param>
    public static PixelBuffer Decode(ReadOnlySpan<byte> jpeg, int shrinkBy)
    {
        var handle = tjInitDecompress();
        try
        {
            fixed (byte* source = jpeg)
            {
                Require(handle, tjDecompressHeader3(handle, source, (nuint)jpeg.Length, out var width, out var height, out _, out _));
                var pixels = PixelBuffer.Allocate((width + shrinkBy - 1) / shrinkBy, (height + shrinkBy - 1) / shrinkBy, 3);
                Require(handle, tjDecompress2(handle, source, (nuint)jpeg.Length, pixels.Pixels, pixels.WidthPixels, pixels.StrideBytes, pixels.HeightPixels, Rgb, 0));
                return pixels;
            }
        }
        finally
        {
            _ = tjDestroy(handle);
        }
    }

    /// <summary>Encodes with 4:2:0.</summary>
    /// <param name="pixels">Red, green and blue.</param>
    /// <param name="qualityPercent">1 to 100.</param>
    /// <returns>Bytes of the file.</returns>
    public static long Encode(PixelBuffer pixels, int qualityPercent)
    {
        var handle = tjInitCompress();
        var length = tjBufSize(pixels.WidthPixels, pixels.HeightPixels, Quarter);
        var buffer = (byte*)NativeMemory.Alloc(length);
        try
        {
            Require(handle, tjCompress2(
                handle, pixels.Pixels, pixels.WidthPixels, pixels.StrideBytes, pixels.HeightPixels, Rgb, &buffer, &length, Quarter, qualityPercent, IntoOneBuffer | AccurateTransform));
            return (long)length;
        }
        finally
        {
            NativeMemory.Free(buffer);
            _ = tjDestroy(handle);
        }
    }

    /// <summary>From now on it computes Huffman codes for each file, as all programs that are compared do, and not the standard's.</summary>
    public static void OptimizeCodes() => Require(0, setenv("TJ_OPTIMIZE", "1", 1)); // it reads the C library's environment, which .NET's is a copy of

    private static void Require(nint handle, int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.PtrToStringUTF8(tjGetErrorStr2(handle)));
        }
    }

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint tjInitCompress();

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint tjInitDecompress();

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int tjDestroy(nint handle);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint tjGetErrorStr2(nint handle);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint tjBufSize(int width, int height, int subsampling);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int tjDecompressHeader3(nint handle, byte* jpeg, nuint length, out int width, out int height, out int subsampling, out int colours);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int tjDecompress2(nint handle, byte* jpeg, nuint length, byte* pixels, int width, int stride, int height, int format, int flags);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int tjCompress2(
        nint handle, byte* pixels, int width, int stride, int height, int format, byte** jpeg, nuint* length, int subsampling, int quality, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setenv(string name, string value, int overwrite);
}
