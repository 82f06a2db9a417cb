namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling along each dimension, bytes to bytes: ImageMagick keeps the picture between its two passes in bytes too.</summary>
internal unsafe interface IResamplePasses
{
    /// <summary>Makes result row <paramref name="y"/> of the rows of its window, of <paramref name="widthPixels"/> pixels each.</summary>
    void Vertically(int y, nint[] window, byte* to, int widthPixels);

    /// <summary>Makes a row of the new width of <paramref name="row"/>, after which <see cref="NativePixelPool.SlackBytes"/> are readable.</summary>
    void Horizontally(byte* row, byte* to);
}
