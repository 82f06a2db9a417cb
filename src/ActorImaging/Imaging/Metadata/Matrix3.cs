namespace ActorImaging.Imaging.Metadata;

/// <summary>Three by three numbers, row after row.</summary>
internal static class Matrix3
{
    /// <summary>A matrix times a column.</summary>
    public static double[] Multiply(double[] matrix, double[] column) =>
    [
        (matrix[0] * column[0]) + (matrix[1] * column[1]) + (matrix[2] * column[2]),
        (matrix[3] * column[0]) + (matrix[4] * column[1]) + (matrix[5] * column[2]),
        (matrix[6] * column[0]) + (matrix[7] * column[1]) + (matrix[8] * column[2]),
    ];

    /// <summary>The inverse; null where there is none.</summary>
    public static double[]? TryInvert(double[] m)
    {
        double[] cofactors =
        [
            (m[4] * m[8]) - (m[5] * m[7]), (m[2] * m[7]) - (m[1] * m[8]), (m[1] * m[5]) - (m[2] * m[4]),
            (m[5] * m[6]) - (m[3] * m[8]), (m[0] * m[8]) - (m[2] * m[6]), (m[2] * m[3]) - (m[0] * m[5]),
            (m[3] * m[7]) - (m[4] * m[6]), (m[1] * m[6]) - (m[0] * m[7]), (m[0] * m[4]) - (m[1] * m[3]),
        ];
        var determinant = (m[0] * cofactors[0]) + (m[1] * cofactors[3]) + (m[2] * cofactors[6]);
        return double.IsFinite(determinant) && Math.Abs(determinant) > 1e-12 ? Array.ConvertAll(cofactors, number => number / determinant) : null;
    }
}
