namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Resampling the height: rows to a row, bytes to bytes, since ImageMagick keeps the picture between its passes in bytes too.
/// </summary>
internal unsafe interface IRowPass
{
    /// <summary>Makes result row <paramref name="y"/> of the rows of its window, of <paramref name="widthPixels"/> pixels each.</summary>
    void Resample(int y, ReadOnlySpan<nint> window, byte* to, int widthPixels);
}

/// <summary>Resampling the width: rows to rows of another length, several at a time.</summary>
internal interface IColumnPass
{
    /// <summary>Rows that are worked on at a time.</summary>
    int BatchRows { get; }

    /// <summary>Makes rows of the new width.</summary>
    /// <param name="rows">The rows, after each of which <see cref="NativePixelPool.SlackBytes"/> are readable.</param>
    /// <param name="to">Where each goes.</param>
    void Resample(ReadOnlySpan<nint> rows, ReadOnlySpan<nint> to);
}
