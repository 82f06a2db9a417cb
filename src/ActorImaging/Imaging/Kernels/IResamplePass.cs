namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Resampling the height: rows to a row, bytes to bytes, since ImageMagick keeps the picture between its passes in bytes too.
/// </summary>
internal unsafe interface IRowPass
{
    /// <summary>Makes result row <paramref name="y"/> of the rows of its window, of <paramref name="widthPixels"/> pixels each.</summary>
    void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels);
}

/// <summary>Resampling the width: a row to a row of another length.</summary>
internal unsafe interface IColumnPass
{
    /// <summary>
    /// Makes a row of the new width of <paramref name="row"/>, after which <see cref="NativePixelPool.SlackBytes"/> are readable.
    /// </summary>
    void Resample(byte* row, byte* to);
}
