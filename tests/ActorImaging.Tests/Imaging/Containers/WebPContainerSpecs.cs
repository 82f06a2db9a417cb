using ActorImaging.Imaging;
using ActorImaging.Imaging.Containers;
using ActorImaging.Tasks;
using ImageMagick;

namespace ActorImaging.Tests.Imaging.Containers;

public sealed class WebPContainerSpecs
{
    /// <summary>What lies beside the frames of an animation is none of them.</summary>
    [Theory]
    [InlineData(FramePolicy.All, 2)]
    [InlineData(FramePolicy.First, 1)]
    public void Should_count_no_picture_that_lies_behind_frames(FramePolicy policy, int frames)
    {
        using var animation = new MagickImageCollection { new MagickImage(MagickColors.Red, 5, 4), new MagickImage(MagickColors.Blue, 5, 4) };
        var bytes = animation.ToByteArray(MagickFormat.WebP);
        bytes = [.. bytes, .. Crafted.RiffChunk("VP8L", Crafted.LosslessStart(5, 4))];
        BitConverter.TryWriteBytes(bytes.AsSpan(4), bytes.Length - 8);

        var container = ImageContainer.Open(new MemoryStream(bytes), policy, new ImageLimits());

        Assert.Equal((frames, frames), (container.Header.Frames, container.Animation!.Frames.Count));
    }
}
