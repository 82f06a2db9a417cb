namespace ActorImaging.Imaging.Jpeg;

/// <summary>Takes the samples of the components as they are decoded, one row of MCUs after the other.</summary>
internal interface IBandTarget
{
    /// <summary>Takes a row of MCUs, whose samples are in the planes that it knows.</summary>
    /// <param name="band">Which, 0 for the uppermost.</param>
    void Take(int band);
}
