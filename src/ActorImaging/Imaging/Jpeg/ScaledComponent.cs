namespace ActorImaging.Imaging.Jpeg;

/// <summary>A component as it is decoded: how many samples become of a block, and how they are spread over the pixels.</summary>
/// <param name="component">What the frame header says of it.</param>
/// <param name="frame">The frame.</param>
/// <param name="samples">Rows and columns of samples that become of a block: 8, 4, 2 or 1.</param>
/// <param name="pixels">Rows and columns of pixels that become of a block of a component that is coded in full.</param>
internal sealed class ScaledComponent(JpegComponent component, JpegFrameHeader frame, int samples, int pixels)
{
    /// <summary>What the frame header says of it.</summary>
    public JpegComponent Component { get; } = component;

    /// <summary>Rows and columns of samples that become of a block.</summary>
    public int Samples { get; } = samples;

    /// <summary>Pixels side by side that a sample stands for.</summary>
    public int PixelsAcross { get; } = frame.MostAcross * pixels / (component.Across * samples);

    /// <summary>Pixels one above the other that a sample stands for.</summary>
    public int PixelsDown { get; } = frame.MostDown * pixels / (component.Down * samples);

    /// <summary>Columns of samples.</summary>
    public int Width { get; } = Scale(frame.Size.WidthPixels, component.Across * samples, frame.MostAcross);

    /// <summary>Rows of samples.</summary>
    public int Height { get; } = Scale(frame.Size.HeightPixels, component.Down * samples, frame.MostDown);

    /// <summary>Rows of samples that a row of MCUs has.</summary>
    public int BandRows { get; } = component.Down * samples;

    /// <summary>Columns of samples of whole MCUs.</summary>
    public int BandColumns { get; } = frame.McusAcross * component.Across * samples;

    /// <summary>Components for pixels: one that is coded in part is made larger by its transform as far as that goes (as jdmaster.c does).</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="pixels">Rows and columns of pixels that become of a block: 8, 4, 2 or 1.</param>
    public static ScaledComponent[] ForPixels(JpegFrameHeader frame, int pixels)
    {
        return [.. frame.Components.Select(component =>
        {
            var samples = pixels;
            while (samples < JpegFrameHeader.BlockSamples
                && frame.MostAcross * pixels % (component.Across * samples * 2) == 0 && frame.MostDown * pixels % (component.Down * samples * 2) == 0)
            {
                samples *= 2;
            }

            return new ScaledComponent(component, frame, samples, pixels);
        })];
    }

    /// <summary>Components for planes, which keep their sizes in relation to each other.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="samples">Rows and columns of samples that become of a block: 8, 4, 2 or 1.</param>
    public static ScaledComponent[] ForPlanes(JpegFrameHeader frame, int samples) =>
        [.. frame.Components.Select(component => new ScaledComponent(component, frame, samples, samples))];

    private static int Scale(int pixels, int samples, int most) => JpegFrameHeader.DivideUp(pixels * samples, most * JpegFrameHeader.BlockSamples);
}
