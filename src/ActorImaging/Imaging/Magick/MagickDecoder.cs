using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Imaging.Magick;

/// <summary>
/// Decodes by Magick.NET. It is told the format by name, and given nothing of a file but its compressed pixels: it looks for no format by itself, and
/// none of its readers of metadata ever runs.
/// </summary>
/// <param name="shrinksUnevenly">
/// Whether pixels may be decoded at a fraction that does not divide the size: the last column and row stand for less than others then, which only our
/// own resampling knows.
/// </param>
internal sealed class MagickDecoder(bool shrinksUnevenly) : IImageDecoder
{
    /// <summary>Bits a channel of this build.</summary>
    private const uint Bits = 8;

    /// <summary>What the decoder of PNG may keep of chunks that it should never see; a second line behind the container.</summary>
    private const string MostPngChunks = "16";

    private const string MostPngChunkBytes = "1048576";

    /// <inheritdoc/>
    public string Name => StepsDone.MagickName;

    /// <inheritdoc/>
    public IEnumerable<Frame> Decode(ImageContainer source, SourceSettings settings, ICollection<string> damages) =>
        source.IsOneStream && settings.Frames == FramePolicy.All ? ReadAll(source, damages) : ReadEach(source, settings, damages);

    /// <summary>Frames that lie apart from each other: each is decoded by itself.</summary>
    private IEnumerable<Frame> ReadEach(ImageContainer source, SourceSettings settings, ICollection<string> damages)
    {
        for (var index = 0; index < source.Header.Frames; index++)
        {
            using var frames = Read(source, index, SettingsFor(source, settings, mostFrames: 1), damages);
            if (frames.Count == 0)
            {
                throw new CorruptSourceException("is no image that can be decoded");
            }

            yield return Take(frames, 0, source.Animation?.Frames[index].Delay ?? default, source.WhiteOf(index));
        }
    }

    /// <summary>Frames that come out of one stream, all at once.</summary>
    private IEnumerable<Frame> ReadAll(ImageContainer source, ICollection<string> damages)
    {
        using var frames = Read(source, 0, SettingsFor(source, new SourceSettings(), source.MostFrames), damages);
        while (frames.Count > 0)
        {
            var first = frames[0];
            yield return Take(frames, 0, new FrameDelay((int)first.AnimationDelay, Math.Max(1, first.AnimationTicksPerSecond)), source.WhiteOf(0));
        }
    }

    private static Frame Take(MagickImageCollection frames, int index, FrameDelay delay, WhitePoint white)
    {
        var image = (MagickImage)frames[index];
        frames.RemoveAt(index);
        if (image.ColorSpace == ColorSpace.Lab)
        {
            using (image)
            {
                return new Frame(new LabPixels(white).ToSrgb(image)) { Delay = delay };
            }
        }

        var profile = image.GetColorProfile() is { } found ? IccProfile.TryRead(found.ToByteArray()) : null;
        ColorConversion.Simplify(image);
        RemoveMetadata(image);
        return new Frame(image) { Delay = delay, Profile = profile is { IsSrgb: true } ? null : profile }; // libjxl makes one of what is said in a word
    }

    /// <summary>What ImageMagick found beside the pixels after all, or says of them: none of it may come into an output.</summary>
    private static void RemoveMetadata(MagickImage image)
    {
        foreach (var name in image.ProfileNames.ToList())
        {
            image.RemoveProfile(name);
        }

        foreach (var name in image.AttributeNames.ToList())
        {
            image.RemoveAttribute(name);
        }

        image.ResetPage();
        image.Depth = Bits; // a palette of four colours says 2, to which TIFF would then cut all channels
        image.BackgroundColor = MagickColors.White;
    }

    private static MagickImageCollection Read(ImageContainer source, int index, MagickReadSettings settings, ICollection<string> damages)
    {
        var frames = new MagickImageCollection();
        try
        {
            frames.Warning += (_, warning) => NoteDamage(warning.Exception, damages);
            using var pixels = source.OpenFrame(index);
            frames.Read(pixels, settings);
            return frames;
        }
        catch (MagickResourceLimitErrorException fault) when (source.Header.Format == ImageFormat.WebP && MagickMessages.IsOfAllocation(fault.Message))
        {
            frames.Dispose();
            throw new CorruptSourceException("can't be decoded: its transparency is damaged", fault);
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    private MagickReadSettings SettingsFor(ImageContainer source, SourceSettings settings, int mostFrames)
    {
        var header = source.Header;
        var read = new MagickReadSettings { Format = MagickFormats.Of(header.Format), FrameCount = (uint)mostFrames };
        read.SetDefine("png:chunk-cache-max", MostPngChunks);
        read.SetDefine("png:chunk-malloc-max", MostPngChunkBytes);
        read.SetDefine("tiff:ignore-layers", "true");
        if (header.CanShrink && ShrinkFor(header.Size, settings.ShrinkBy, source.HasGrayOrRgb) is var denominator and > 1)
        {
            read.SetDefine("jpeg:size", ShrunkSource.SizeOf(header.Size, denominator).ToString());
        }

        return read;
    }

    private int ShrinkFor(PixelSize size, int wanted, bool isOurs)
    {
        while (wanted > 1 && !(shrinksUnevenly && isOurs) && (size.WidthPixels % wanted != 0 || size.HeightPixels % wanted != 0))
        {
            wanted /= 2;
        }

        return wanted;
    }

    /// <summary>Only what is missing from the pixels is a damage.</summary>
    private static void NoteDamage(Exception warning, ICollection<string> damages)
    {
        if (warning is MagickCorruptImageWarningException)
        {
            damages.Add(MagickMessages.WithoutPlace(warning.Message));
        }
    }
}
