using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>An image as the writer takes it: the samples of its components, one row of MCUs after the other.</summary>
internal abstract class JpegBands : IDisposable
{
    /// <summary>The size of the image.</summary>
    public abstract PixelSize Size { get; }

    /// <summary>Its components: luma alone, or luma, Cb and Cr.</summary>
    public abstract IReadOnlyList<ComponentBand> Components { get; }

    /// <summary>Pixels below each other in a row of MCUs.</summary>
    public int RowPixels => Components[0].Rows;

    /// <summary>Rows of MCUs.</summary>
    public int Rows => (Size.HeightPixels + RowPixels - 1) / RowPixels;

    /// <summary>Fills the components with the samples of a row of MCUs, up to the ends of the blocks that the image reaches.</summary>
    /// <param name="row">The row of MCUs, each once, from the top.</param>
    public abstract void Fill(int row);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        foreach (var component in Components)
        {
            component.Dispose();
        }
    }
}
