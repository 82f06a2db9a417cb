namespace ActorImaging.Tasks;

/// <summary>What becomes of the aspect ratio when both sides of a resize are given.</summary>
public enum ResizeFit
{
    /// <summary>Exactly the size, stretched.</summary>
    Fill,

    /// <summary>The largest size of the source's aspect ratio that lies within the box.</summary>
    Inside,

    /// <summary>Exactly the size: scaled to cover it, then cut around the centre.</summary>
    Cover,

    /// <summary>Exactly the size: scaled to lie within it, then padded around the centre, transparent where the image has alpha and white where not.</summary>
    Contain,
}
